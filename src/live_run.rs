//! Joins capture to the store: carries out a series of live runs and hands in what they bring.

use std::rc::Rc;

use tongue::{Sentence, say, word};
use trace::live::{Manner, not_emulated};
use trace::predict::Prediction;
use trace::record::{recorded, witness};
use wasm_bindgen_futures::spawn_local;
use yew::UseReducerDispatcher;

use crate::capture::{self, Order, Server, Stop};
use crate::files::moment;
use crate::state::{Action, Endpoint, FaultAction, LiveAction, PRESETS, Recording, State};

/// Starts the series that `state` asks for; `stop` ends it early.
pub fn start(state: &State, store: UseReducerDispatcher<State>, stop: Stop) {
    let refuse = |why: Sentence| store.dispatch(Action::Live(LiveAction::Refused(why)));
    let Some((server, name)) = server(&state.live.endpoint) else {
        return refuse(Sentence::text(word!("Choose a server first.")));
    };
    if state.obstacle().is_some() {
        let network = state.scenario.network;
        return refuse(Sentence::of(move || not_emulated(&network).unwrap_or_default().to_owned()));
    }
    let instrument = capture::instrument();
    store.dispatch(Action::Live(LiveAction::Started(instrument.browser, instrument.step)));
    let state = state.clone();
    spawn_local(async move {
        // What the first exchange of the series tells holds for all of it.
        let mut frozen = None;
        for run in 1..=state.live.repeats {
            if stop.is_stopped() {
                break;
            }
            let complete = one(&state, run, &server, &name, &mut frozen, &store, &stop).await;
            if !complete {
                break;
            }
        }
        store.dispatch(Action::Live(LiveAction::Ended));
    });
}

/// Tries the fault that is chosen, on the companion; `stop` ends it early.
pub fn start_fault(state: &State, store: UseReducerDispatcher<State>, stop: Stop) {
    let Endpoint::Companion(base) = state.live.endpoint.clone() else { return };
    let (rows, chosen) = (Rc::clone(&state.faults.rows), state.faults.chosen);
    store.dispatch(Action::Fault(FaultAction::Started));
    spawn_local(async move {
        let Some(row) = rows.get(chosen) else { return };
        let outcome = capture::try_fault(&base, chosen, row, &stop).await;
        store.dispatch(Action::Fault(FaultAction::Tried(outcome.map(Rc::new))));
    });
}

/// Carries out one run; whether nothing went wrong.
async fn one(
    state: &State,
    run: u32,
    server: &Server,
    name: &str,
    frozen: &mut Option<Rc<Prediction>>,
    store: &UseReducerDispatcher<State>,
    stop: &Stop,
) -> bool {
    let companion = matches!(server, Server::Companion { .. });
    let plan = state.plan(run, &nonce());
    let order = Order {
        plan: plan.clone(),
        server: server.clone(),
        network: state.scenario.network,
        poll: state.scenario.poll,
        manner: Manner { binary: state.scenario.binary && companion, ..state.manner() },
        blob: state.live.blob,
        reversed: run.is_multiple_of(2),
    };
    let (told, of) = (store.clone(), state.live.repeats);
    let report = move |words: Sentence| {
        let words = match of {
            1 => words,
            _ => Sentence::of(move || say!("Run {} of {}. {}", run, of, words.said())),
        };
        told.dispatch(Action::Live(LiveAction::Says(words)));
    };
    let began = moment();
    let outcome = capture::run(order, stop.clone(), report).await;
    let tapped = outcome.tap.as_ref().zip(outcome.alignment);
    let trace = Rc::new(recorded(&plan, &outcome.logs, tapped));
    let beside = outcome.logs.iter().map(|log| (usize::from(log.lane), witness::rows(&trace, log)));
    let beside = beside.collect();
    let predict = || {
        let log = |lane: usize| outcome.logs.iter().find(|log| usize::from(log.lane) == lane);
        let took: Vec<_> = (0..plan.lanes.len()).map(|lane| log(lane)?.first_exchange()).collect();
        Rc::new(Prediction::of(&state.scenario, &trace, &took))
    };
    let predicted = companion.then(|| Rc::clone(frozen.get_or_insert_with(predict)));
    let outcomes = predicted.as_ref().map(|it| it.outcomes(&trace)).unwrap_or_default();
    let recording = Recording {
        outcomes,
        scenario: state.planned(&plan),
        trace,
        predicted,
        alignment: tapped.map(|(_, alignment)| alignment),
        tapped: tapped.is_some(),
        server: name.to_owned(),
        began,
        hidden: outcome.hidden,
        worker: outcome.logs.iter().flat_map(|log| &log.requests).any(|request| request.worker),
        witness: beside,
    };
    let failures = outcome.logs.iter().filter_map(|log| {
        log.failed.as_ref().map(|failure| {
            Sentence::of({
                let why = failure.why.clone();
                move || why.clone()
            })
        })
    });
    let problem = outcome.problem.or_else(|| failures.into_iter().next());
    let complete = problem.is_none();
    store.dispatch(Action::Live(LiveAction::Recorded(Rc::new(recording), problem)));
    complete
}

fn server(endpoint: &Endpoint) -> Option<(Server, String)> {
    let public = |name: &str, http: &str, socket: &str| {
        let server =
            Server::Public { name: name.to_owned(), http: http.to_owned(), socket: socket.to_owned() };
        Some((server, name.to_owned()))
    };
    match endpoint {
        Endpoint::Nobody => None,
        Endpoint::Companion(base) => {
            Some((Server::Companion { base: base.clone() }, say("the companion").to_owned()))
        }
        Endpoint::Preset(index) => {
            PRESETS.get(*index).and_then(|preset| public(preset.name(), preset.http, preset.socket))
        }
        Endpoint::Custom(http, socket) => public(say("your own pair of servers"), http, socket),
    }
}

/// Something that nobody else's messages contain.
pub(crate) fn nonce() -> String {
    format!("{:08x}", (js_sys::Math::random() * f64::from(u32::MAX)) as u32)
}
