use tongue::say;
use trace::compare::break_even::break_even;
use trace::compare::ledger::Parts;
use trace::scenario::{Scenario, Transport};
use yew::prelude::*;

use crate::views::same::Same;
use crate::views::{svg, ui};

/// What the question needs.
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// What is compared.
    pub(super) scenario: Same<Scenario>,
}

/// From which message on one transport is cheaper than another.
#[component]
pub(super) fn Turning(props: &Props) -> Html {
    let pair = use_state(|| (Transport::Persistent, Transport::WebSocket));
    let all = use_state(|| false);
    let parts = if *all { Parts::ALL } else { Parts::on_connection() };
    let found = use_memo((props.scenario.clone(), *pair, *all), |(scenario, (a, b), _)| {
        break_even(scenario, *a, *b, parts).sentence()
    });
    let choices = |chosen: Transport| {
        Transport::ALL.into_iter().map(|it| ui::choice(it.id(), it.name(), it == chosen)).collect()
    };
    let named = |id: &str, or: Transport| Transport::from_id(id).unwrap_or(or);
    let (a, b) = *pair;
    let first = {
        let pair = pair.setter();
        Callback::from(move |id: String| pair.set((named(&id, a), b)))
    };
    let second = {
        let pair = pair.setter();
        Callback::from(move |id: String| pair.set((a, named(&id, b))))
    };
    let toggle = {
        let (all, now) = (all.setter(), *all);
        Callback::from(move |_: Event| all.set(!now))
    };
    html! {
        <section class="panel" aria-label={say("Break-even")}>
            { svg::words("h2", "", say("From which message on is it cheaper?")) }
            { ui::hint(&say!("What is run: “{}”, with more and more messages.", props.scenario.workload.name())) }
            <div class="row">
                { ui::select(say("From"), choices(a), first) }
                { ui::select(say("To"), choices(b), second) }
                { ui::check(say("Count TCP, IP and TLS, too"), *all, toggle) }
            </div>
            <div role="status">{ svg::words("p", "answer", &found) }</div>
        </section>
    }
}
