//! Taking a run along: by link as long as it fits one, by file at any length.
#![cfg(not(target_arch = "wasm32"))]

use std::rc::Rc;

use duplex::state::{Action, Import, ImportAction, Source, State};
use duplex::views::{embed, share};
use interchange::{Format, Secrets};
use trace::fragment::{LONGEST_LINK, MOST_ADDED};
use trace::scenario::Speaker;
use yew::prelude::*;
use yew::{LocalServerRenderer, Reducible};

fn after(state: &State, action: Action) -> State {
    (*Rc::new(state.clone()).reduce(action)).clone()
}

/// The page after so many messages of 200 octets.
fn talkative(messages: usize) -> State {
    let long = "Grüße! ".repeat(22);
    (0..messages as u64)
        .fold(State::default(), |state, n| after(&state, Action::Say(Speaker::You, long.clone(), n * 10_000)))
}

#[derive(Properties, PartialEq)]
struct Length {
    length: usize,
    told: bool,
    file: bool,
}

#[component]
fn Taken(props: &Length) -> Html {
    let props = (
        share::Props {
            length: props.length,
            copy_link: Callback::noop(),
            copy_embed: Some(Callback::noop()),
            file: props.file,
            act: Callback::noop(),
        },
        props.told,
    );
    if props.1 { share::too_long(&props.0) } else { share::view(&props.0) }
}

async fn rendered(length: usize, told: bool) -> String {
    LocalServerRenderer::<Taken>::with_props(Length { length, told, file: false })
        .hydratable(false)
        .render()
        .await
}

#[test]
fn a_run_of_any_length_comes_back_from_its_file() {
    for messages in [0, 1, 10, MOST_ADDED] {
        let state = talkative(messages);
        assert_eq!(state.scenario.added.len(), messages);
        let link = state.link().write();
        assert_eq!(link.len() > LONGEST_LINK, messages >= 10, "{messages}: {}", link.len());
        let json = interchange::write(Format::Json, &state.run(), Secrets::Stripped, 0).file;
        let read = interchange::read("a.json", &json, &mut |_| {}).expect("it can be read");
        let import = Rc::new(Import::of("a.json".to_owned(), read.run, Vec::new()));
        let json = after(&State::default(), Action::Import(ImportAction::Read(import)));
        // Files of a link alone are as old as the page.
        let link = if link.is_empty() { "view=lab".to_owned() } else { link };
        let link = after(&State::default(), Action::File(link.into_bytes()));
        for opened in [json, link] {
            assert_eq!(opened.notice, None);
            assert!(opened.scenario == state.scenario && opened.trace == state.trace, "{messages}");
            assert_eq!(opened.live.source, Source::Simulated, "its knobs turn it");
        }
    }
}

#[test]
fn what_is_no_file_of_a_run_is_refused_with_a_sentence() {
    let check = |octets: &[u8]| {
        let opened = after(&talkative(2), Action::File(octets.to_vec()));
        assert!(
            opened.notice.as_ref().is_some_and(|it| it.said().ends_with('.')),
            "{:?}",
            octets.first_chunk::<20>()
        );
        assert_eq!(opened.scenario.added.len(), 2, "what was there stays");
    };
    check(b"");
    check(b"Dear diary, 1 + 1 = 2");
    check(b"nothing");
    check(&[0xff, b'=', 0xfe]);
    check("rtt=100&you=0:Grüße".as_bytes());
    check("a=b&".repeat(20_000).as_bytes());
}

/// Up to the limit there is a link and no word of it, beyond it a sentence and a file.
#[tokio::test(flavor = "current_thread")]
async fn beyond_the_limit_there_is_a_file_and_a_sentence() {
    for (length, fits) in [(0, true), (LONGEST_LINK, true), (LONGEST_LINK + 1, false), (12_345, false)] {
        let (told, offered) = (rendered(length, true).await, rendered(length, false).await);
        assert_eq!(told.is_empty(), fits, "{length}: {told}");
        assert_eq!(offered.contains(">Copy link<"), fits, "{length}: {offered}");
        assert_eq!(offered.contains("Too long for a link."), !fits);
        assert!(offered.contains(">Save as…<"));
        if !fits {
            assert!(told.contains("role=\"status\"") && told.contains(">Save as…<"));
            assert!(told.contains("2,000 are the most") && told.contains("Open a file"), "{told}");
        }
    }
    assert!(rendered(12_345, true).await.contains("12,345 characters"));
}

#[test]
fn another_page_shows_the_same_frame() {
    let check = |address: &str, source: &str| {
        let code = embed::code(address);
        assert!(code.starts_with(&format!("<iframe src=\"{source}\" title=\"")), "{code}");
        assert!(code.ends_with("></iframe>"), "{code}");
    };
    check("https://a.example/duplex/", "https://a.example/duplex/?embed#");
    check("https://a.example/#rtt=80&t=1400000", "https://a.example/?embed#rtt=80&amp;t=1400000");
    check("https://a.example/?embed#view=lab", "https://a.example/?embed#view=lab");
    check("https://a.example/?a=b#x=\"><b>", "https://a.example/?embed#x=&quot;><b>");
}
