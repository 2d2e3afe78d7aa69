use tongue::say;
use trace::compare::chooser::{Advice, Answers, Large, Often, Soon, Who, choose, rule};
use trace::fragment::Link;
use trace::scenario::Scenario;
use yew::prelude::*;

use super::frame::grid;
use crate::views::same::Same;
use crate::views::{svg, ui};

/// What the chooser needs.
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// The network, and everything that the answers do not say.
    pub(super) scenario: Same<Scenario>,
}

/// A few questions in plain words, run on every transport.
#[component]
pub(super) fn Choosing(props: &Props) -> Html {
    let answers = use_state(|| FIRST);
    let asked = use_state(|| None::<Answers>);
    let advice =
        use_memo((props.scenario.clone(), *asked), |(scenario, asked)| asked.map(|it| choose(scenario, it)));
    let own = *answers;
    let set = |change: fn(&mut Answers, usize)| {
        let answers = answers.clone();
        Callback::from(move |place: String| {
            let mut now = *answers;
            change(&mut now, place.parse().unwrap_or_default());
            answers.set(now);
        })
    };
    let [who, often, large, soon, plain] = Answers::QUESTIONS.map(say);
    let plainly = [Answers::plain_words(false), Answers::plain_words(true)];
    let find = {
        let (asked, own) = (asked.setter(), own);
        Callback::from(move |_: MouseEvent| asked.set(Some(own)))
    };
    html! {
        <section class="panel" aria-label={say("Which one should I use?")}>
            { svg::words("h2", "", say("Which one should I use?")) }
            <div class="questions">
                { question(who, &Who::ALL.map(Who::words), own.who as usize, set(|it, place| it.who = Who::ALL[place.min(2)])) }
                { question(often, &Often::ALL.map(Often::words), own.often as usize, set(|it, place| it.often = Often::ALL[place.min(2)])) }
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
    let best = advice.ranked.first().map(|it| it.transport);
    let scenario = Scenario {
        lanes: advice.ranked.iter().take(2).map(|it| it.transport).collect(),
        ..advice.scenario.clone()
    };
    let link = Link { scenario, ..Link::default() };
    html! {
        <>
            { svg::words("p", "answer", &advice.recommendation()) }
            { svg::words("p", "answer", &advice.until()) }
            { ui::scroll(say("The ranking, scrollable"), grid(&advice.grid(), say("The ranking"))) }
            if best.is_some() {
                <p><a href={format!("#{}", link.write())}>{say("Open the first two side by side in the Lab")}</a></p>
            }
            <details><summary>{say("How the ranking is made")}</summary>{ ui::hint(&rule()) }</details>
        </>
    }
}

/// A chat: what most people have in mind when they ask.
const FIRST: Answers = Answers {
    who: Who::Both,
    often: Often::Sometimes,
    large: Large::Words,
    soon: Soon::AtOnce,
    plain: false,
};
