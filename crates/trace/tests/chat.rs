//! A chat over several lanes at once: what becomes of each message on each of them, and what is told of it.

use tongue::Sentence;
use trace::chat::{Chat, Fate, Link, Phase, Turn};
use trace::scenario::Speaker::{self, Server, You};
use trace::scenario::Transport;

const LANES: [Transport; 2] = [Transport::Persistent, Transport::WebSocket];

/// A chat that is open, to which this happened.
fn after(turns: Vec<Turn>) -> Chat {
    let mut chat = Chat::default();
    let connected = |lane| Turn::Link(lane, Link::Connected { again: false });
    let open = [Turn::Begun(LANES.to_vec()), Turn::Opened, connected(0), connected(1)];
    open.into_iter().chain(turns).for_each(|turn| chat.take(turn));
    chat
}

fn said(from: Speaker, text: &str, at: u64) -> Turn {
    Turn::Said(from, text.to_owned(), at)
}

fn heard(lane: usize, from: Speaker, text: &str, at: u64) -> Turn {
    Turn::Heard { lane, from, text: text.to_owned(), at }
}

fn lost(lane: usize) -> Turn {
    Turn::Link(lane, Link::Lost(Sentence::text("it broke")))
}

/// What became of each message: its delay on each lane in microseconds, `?` under way, `-` lost.
fn check(turns: Vec<Turn>, expected: &[&str]) {
    let chat = after(turns.clone());
    let fate = |fate: &Fate| match fate {
        Fate::Arrived(delay) => delay.to_string(),
        Fate::UnderWay => "?".to_owned(),
        Fate::Lost => "-".to_owned(),
    };
    let line = |line: &trace::chat::Line| line.fates.iter().map(fate).collect::<Vec<_>>().join(" ");
    assert_eq!(chat.lines.iter().map(line).collect::<Vec<_>>(), expected, "{turns:?}");
}

#[test]
fn what_becomes_of_messages() {
    let hi = || said(You, "Hi", 1_000);
    check(vec![hi()], &["? ?"]);
    check(vec![hi(), heard(1, You, "Hi", 1_500)], &["? 500"]);
    check(vec![hi(), heard(1, You, "Hi", 1_500), heard(0, You, "Hi", 2_000)], &["1000 500"]);
    // The same words twice: the first is the first to arrive, on each lane for itself.
    check(
        vec![hi(), said(You, "Hi", 3_000), heard(0, You, "Hi", 4_000), heard(0, You, "Hi", 5_000)],
        &["3000 ?", "2000 ?"],
    );
    // Told twice, or never said, or on no lane, or by the other one: that changes nothing.
    check(vec![hi(), heard(0, You, "Hi", 2_000), heard(0, You, "Hi", 9_000)], &["1000 ?"]);
    check(vec![hi(), heard(0, You, "Ho", 2_000), heard(7, You, "Hi", 2_000)], &["? ?"]);
    check(vec![hi(), heard(0, Server, "Hi", 2_000)], &["? ?"]);
    // A clock that steps back makes no message early.
    check(vec![hi(), heard(0, You, "Hi", 999)], &["0 ?"]);
}

#[test]
fn what_a_broken_connection_takes_with_it() {
    let hi = || said(You, "Hi", 0);
    let back = |lane| Turn::Link(lane, Link::Connected { again: true });
    // HTTP sends again what got no answer; a WebSocket knows of none.
    check(vec![hi(), lost(0)], &["? ?"]);
    check(vec![hi(), lost(1)], &["? -"]);
    check(vec![hi(), lost(1), back(1), heard(1, You, "Hi", 50)], &["? 50"]);
    // What is said while there is no connection waits for one; what was lost before does not take its place.
    check(vec![hi(), lost(1), hi(), back(1), heard(1, You, "Hi", 60)], &["? -", "? 60"]);
    check(vec![hi(), Turn::Link(1, Link::Connecting), hi(), lost(1)], &["? ?", "? ?"]);
    // What Ben said is asked for after a break, but a companion that died has forgotten it.
    check(vec![said(Server, "Hi", 0), lost(1), back(1), heard(1, Server, "Hi", 70)], &["? 70"]);
    check(vec![said(Server, "Hi", 0), heard(0, Server, "Hi", 9), Turn::Anew, hi()], &["9 -", "? ?"]);
    let unsaid = Turn::Unsaid("Hi".to_owned(), Sentence::text("Nobody there."));
    check(vec![hi(), said(Server, "Hi", 0), unsaid], &["? ?", "- -"]);
    check(vec![hi(), heard(1, You, "Hi", 5), Turn::Over(Ok(Vec::new()))], &["- 5"]);
}

#[test]
fn the_status_speaks_once_for_each_message() {
    let check = |turns: Vec<Turn>, expected: &str| {
        let status = after(turns).status.map(|status| status.said());
        assert_eq!(status.as_deref(), Some(expected));
    };
    let hi = || said(You, "Hi", 0);
    check(vec![hi(), heard(1, You, "Hi", 51_600)], "The chat is open: write as either of the two.");
    check(
        vec![hi(), heard(1, You, "Hi", 51_600), heard(0, You, "Hi", 1_102_000)],
        "“Hi” reached Ben on lane A after 1,102 ms, on lane B after 52 ms (measured).",
    );
    check(
        vec![said(Server, "Ho", 0), heard(1, Server, "Ho", 400), heard(0, Server, "Ho", 600)],
        "“Ho” reached you on lane A after 1 ms, on lane B after 0 ms (measured).",
    );
    check(
        vec![Turn::Over(Ok(vec![(1_234, 1), (56, 2)]))],
        "The chat is over. Witnessed on the wire: HTTP/1.1, persistent, 1,234 octets on 1 connection; WebSocket, 56 octets on 2 connections.",
    );
    check(
        vec![Turn::Over(Ok(Vec::new()))],
        "The chat is over. The companion no longer tells what crossed the wire.",
    );
}

#[test]
fn what_a_connection_has_been_through_is_kept_for_a_while() {
    let waiting = Link::Waiting { wait: 5, attempt: 1 };
    let lost = Link::Lost(Sentence::text("it broke"));
    let turns = [lost.clone(), waiting.clone(), Link::Connecting, Link::Connected { again: true }];
    let mut chat = after(turns.into_iter().map(|link| Turn::Link(1, link)).collect());
    assert_eq!(
        chat.lanes[1].past,
        [Link::Connected { again: false }, lost.clone(), waiting.clone(), Link::Connecting]
    );
    chat.take(Turn::Link(1, Link::Left));
    assert_eq!(chat.lanes[1].past, [lost, waiting, Link::Connecting, Link::Connected { again: true }]);
    chat.take(Turn::Link(9, Link::Left));
    assert_eq!(chat.lanes[0].past, [Link::Off]);
}

#[test]
fn a_chat_that_cannot_be() {
    let chat = after(vec![Turn::Over(Err(Sentence::text("Nobody there.")))]);
    assert_eq!((chat.phase, chat.problem.clone()), (Phase::Over, Some(Sentence::text("Nobody there."))));
    let mut chat = chat;
    chat.take(Turn::Begun(LANES.to_vec()));
    assert_eq!((chat.phase, chat.problem), (Phase::Opening, None));
}

#[test]
fn a_long_chat_forgets_its_beginning() {
    let turns = (0..250).map(|n| said(You, &n.to_string(), n)).collect();
    let chat = after(turns);
    assert_eq!(chat.lines.len(), trace::chat::MOST_LINES);
    assert_eq!(chat.lines[0].text, "50");
}

#[test]
fn links_in_words() {
    let check = |transport: Transport, link: Link, expected: &str| {
        assert_eq!(link.words(transport, 1_000_000), expected, "{link:?}");
    };
    let waiting = |wait, attempt| Link::Waiting { wait, attempt };
    let open = |again| Link::Connected { again };
    check(Transport::WebSocket, open(false), "connected");
    check(Transport::Deflate, open(true), "connected again");
    check(Transport::Sse, open(true), "connected again; the stream of events is open");
    check(Transport::Long, open(false), "a question waits at the server");
    check(Transport::Polling, open(false), "asks every 1 s");
    check(Transport::Close, open(true), "answered again; asks every 1 s");
    check(Transport::WebSocket, waiting(1_300_000, 2), "waiting 1.3 s (attempt 2; chance, up to 2 s)");
    check(Transport::WebSocket, waiting(42_000, 1), "waiting 0.042 s (attempt 1; chance, up to 1 s)");
    check(Transport::WebSocket, waiting(29_987_000, 9), "waiting 30 s (attempt 9; chance, up to 30 s)");
}
