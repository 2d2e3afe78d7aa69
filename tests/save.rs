//! What is on the stage as it leaves: the run, the name of its file, and what the panel says of it.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use std::rc::Rc;

use duplex::state::{Action, Import, ImportAction, Knob, SaveAction, State, file_name};
use duplex::views::save;
use interchange::{Format, Origin, Run, Secrets};
use tongue::Sentence;
use trace::scenario::{Transport, Workload};
use yew::Reducible;
use yew::prelude::*;

use support::rendered;

const CHROME: &[u8] = include_bytes!("../crates/interchange/tests/fixtures/chrome.har");

fn after(state: &State, actions: impl IntoIterator<Item = Action>) -> State {
    let start = Rc::new(state.clone());
    (*actions.into_iter().fold(start, |state, action| state.reduce(action))).clone()
}

fn opened(name: &str, octets: &[u8]) -> Action {
    let run = interchange::read(name, octets, &mut |_| {}).expect("it can be read").run;
    Action::Import(ImportAction::Read(Rc::new(Import::of(name.to_owned(), run, Vec::new()))))
}

fn saved(run: &Run) -> Vec<u8> {
    interchange::write(Format::Json, run, Secrets::Kept, 0).file
}

#[test]
fn files_are_called_after_their_run_in_ascii() {
    let check = |run: &Run, format: Format, expect: &str| {
        let name = file_name(run, format.extension());
        assert_eq!(name, expect);
        assert!(name.bytes().all(|octet| octet.is_ascii_alphanumeric() || b"-.".contains(&octet)));
    };
    let of = |link: &str| State::open(link).run();
    check(&of(""), Format::Json, "duplex-chat-persistent-websocket.json");
    check(&of("scenario=echo"), Format::Capture, "duplex-echo-persistent-websocket.pcapng");
    let live =
        Run { origin: Origin::Live("../服务器".to_owned()), ..of("scenario=echo&lanes=close.deflate") };
    check(&live, Format::Har, "duplex-live-echo-close-deflate.har");
    let import = after(&State::default(), [opened("../Ünter wegs.har", CHROME)]);
    check(&import.run(), Format::Markdown, "duplex-file-sse-websocket.md");
    for workload in Workload::ALL {
        for transport in Transport::ALL {
            let run = of(&format!("scenario={}&lanes={}", workload.id(), transport.id()));
            let expect = format!("duplex-{}-{}.csv", workload.id(), transport.id());
            check(&run, Format::Csv, &expect);
        }
    }
}

#[test]
fn a_simulation_comes_back_with_its_knobs() {
    let check = |link: &str| {
        let state = State::open(link);
        let run = state.run();
        assert_eq!(
            (&run.origin, &run.scenario, &run.trace),
            (&Origin::Simulated, &state.scenario, &*state.trace)
        );
        let back = after(&State::default(), [opened("a.json", &saved(&run))]);
        assert!(back.import().is_none() && back.at_rest() && !back.playing, "{link}");
        let bare = interchange::write(Format::Json, &run, Secrets::Stripped, 0).file;
        let bare = after(&State::default(), [opened("a.json", &bare)]);
        assert!(bare.import().is_none() && bare.scenario.workload == state.scenario.workload, "{link}");
        assert!(back.trace == state.trace && back.shown().lanes == state.scenario.lanes, "{link}");
        let turned = after(&back, [Action::Knob(Knob::Messages, "2".to_owned())]);
        assert!(turned.refused.is_empty() && turned.trace != back.trace, "{link}");
    };
    check("");
    check("scenario=ticker&lanes=sse.long.deflate.websocket&tls=1.3&loss=300");
    check("add=Authorization:Bearer+abc");
    check("cookie=300");
}

#[test]
fn what_the_knobs_do_not_make_stays_what_it_was() {
    let mut run = State::default().run();
    let other = State::open("rtt=20").trace;
    run.trace = (*other).clone();
    let back = after(&State::default(), [opened("a.json", &saved(&run))]);
    assert!(back.import().is_some() && back.trace == other);
    assert_eq!(back.run(), run);
    let of_others = after(&State::default(), [opened("chrome.har", CHROME)]);
    assert_eq!(of_others.run().origin, Origin::File("chrome.har".to_owned()));
    let again = after(&State::default(), [opened("again.json", &saved(&of_others.run()))]);
    assert!(again.import().is_some());
    assert_eq!(again.run(), of_others.run());
}

async fn panel(state: &State) -> String {
    let act = Callback::noop();
    let html = save::view(&save::Props { saving: &state.saving, go: Callback::noop(), act: &act });
    rendered(html).await
}

#[tokio::test]
async fn the_panel_offers_every_format_and_tells_how_it_went() {
    let state = State::default();
    let html = panel(&state).await;
    for format in ["JSON", "HAR", "pcapng", "CSV", "Markdown", "Mermaid"] {
        assert!(html.contains(&format!("aria-label=\"Save as {format}\"")), "{html}");
        let text = ["Markdown", "Mermaid"].contains(&format);
        assert_eq!(html.contains(&format!("aria-label=\"Copy as {format}\"")), text, "{format}");
    }
    assert!(html.contains("replaced by asterisks") && !html.contains("checked"), "{html}");
    let left_out = vec![Sentence::text("lane A is left out")];
    let told = Action::Save(SaveAction::Told(Sentence::text("Saved as a.har."), left_out));
    let kept = Action::Save(SaveAction::Secrets(Secrets::Kept));
    let state = after(&state, [kept, told]);
    let html = panel(&state).await;
    for words in ["checked", "Saved as a.har.", "What is not in it:", ">lane A is left out</li>"] {
        assert!(html.contains(words), "{words}: {html}");
    }
    // Of another run it says nothing, and what was chosen stays chosen.
    let html = panel(&after(&state, [Action::Knob(Knob::Messages, "2".to_owned())])).await;
    assert!(!html.contains("Saved as a.har.") && html.contains("checked"), "{html}");
}
