use tongue::say;
use trace::compare::chooser::{Advice, Answers, Large, Often, Soon, Who, choose, over_http2, rule};
use trace::scenario::{Scenario, Transport};
use yew::prelude::*;

use super::frame::grid;
use crate::state::Action;
use crate::views::same::Same;
use crate::views::{Act, svg, ui};

/// What the chooser needs.
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// The network, and everything that the answers do not say.
    pub(super) scenario: Same<Scenario>,
    /// What the questions are answered with.
    pub(super) answers: Answers,
    /// What was last run.
    pub(super) asked: Option<Answers>,
    /// Where actions go.
    pub(super) act: Act,
}

/// A few questions in plain words, run on every transport.
#[component]
pub(super) fn Choosing(props: &Props) -> Html {
    let advice = use_memo((props.scenario.clone(), props.asked), |(scenario, asked)| {
        asked.map(|it| choose(scenario, it))
    });
    let own = props.answers;
    let set = |change: fn(&mut Answers, usize)| {
        props.act.reform(move |place: String| {
            let mut now = own;
            change(&mut now, place.parse().unwrap_or_default());
            Action::Answer(now)
        })
    };
    let [who, often, large, soon, plain] = Answers::QUESTIONS.map(say);
    let plainly = [Answers::plain_words(false), Answers::plain_words(true)];
    let find = props.act.reform(|_: MouseEvent| Action::Ask);
    html! {
        <section class="panel" aria-label={say("Which one should I use?")}>
            { svg::words("h2", "", say("Which one should I use?")) }
            <div class="questions">
                { question(who, &Who::ALL.map(Who::words), own.who as usize, set(|it, place| it.who = Who::ALL[place.min(2)])) }
                { question(often, &Often::ALL.map(Often::words), own.often as usize, set(|it, place| it.often = Often::ALL[place.min(3)])) }
                { question(large, &Large::ALL.map(Large::words), own.large as usize, set(|it, place| it.large = Large::ALL[place.min(2)])) }
                { question(soon, &Soon::ALL.map(Soon::words), own.soon as usize, set(|it, place| it.soon = Soon::ALL[place.min(2)])) }
                { question(plain, &plainly, usize::from(own.plain), set(|it, place| it.plain = place == 1)) }
            </div>
            { ui::button("wide primary find", say("Run it on every transport"), find) }
            <div role="status">
                if let Some(advice) = &*advice {
                    { told(advice) }
                } else {
                    { ui::hint(say("The answer will stand here, and how all transports rank by it.")) }
                }
            </div>
        </section>
    }
}

fn question(name: &str, answers: &[&str], chosen: usize, set: Callback<String>) -> Html {
    let choice = |(place, words): (usize, &&str)| ui::choice(&place.to_string(), words, place == chosen);
    ui::select(name, answers.iter().enumerate().map(choice).collect(), set)
}

fn told(advice: &Advice) -> Html {
    let names: Vec<&str> = advice.pair().into_iter().map(Transport::name).collect();
    html! {
        <>
            { svg::words("p", "answer", &advice.recommendation()) }
            { svg::words("p", "answer", &advice.until()) }
            { ui::hint(&advice.without_surcharges()) }
            <p class="hint">{ ui::cited(over_http2()) }</p>
            { ui::scroll(say("The ranking, scrollable"), grid(&advice.grid(), say("The ranking"))) }
            { ui::hint(&advice.compressed()) }
            if let [best, other] = names[..] {
                <p><a href={format!("#{}", advice.link().write())}>{say!("Open {} and {} side by side in the Lab", best, other)}</a></p>
            }
            <details><summary>{say("How the ranking is made")}</summary>{ ui::hint(&rule()) }</details>
        </>
    }
}
