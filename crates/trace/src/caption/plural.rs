//! How many of what.

use tongue::{fill, word};

use super::count;

/// `1 message`, `2 messages`: the `noun` is one of [`NOUNS`].
pub fn plural(number: u64, noun: &str) -> String {
    let known = NOUNS.iter().find(|[one, _]| one.strip_prefix("{} ") == Some(noun));
    let [one, many] = known.unwrap_or(&["{}"; 2]);
    fill(if number == 1 { one } else { many }, &[&count(number)])
}

/// What can be counted, one of it and many. Whole phrases, for a language may have no plural, or put the
/// number elsewhere. The page's `tests/words.rs` finds what is counted and is not here.
const NOUNS: &[[&str; 2]] = &[
    [word!("{} octet"), word!("{} octets")],
    [word!("{} message"), word!("{} messages")],
    [word!("{} request"), word!("{} requests")],
    [word!("{} response"), word!("{} responses")],
    [word!("{} connection"), word!("{} connections")],
    [word!("{} frame"), word!("{} frames")],
    [word!("{} event"), word!("{} events")],
    [word!("{} chunk"), word!("{} chunks")],
    [word!("{} piece"), word!("{} pieces")],
    [word!("{} field line"), word!("{} field lines")],
    [word!("{} round trip"), word!("{} round trips")],
    [word!("{} time"), word!("{} times")],
    [word!("{} call"), word!("{} calls")],
    [word!("{} opening"), word!("{} openings")],
    [word!("{} Ping"), word!("{} Pings")],
    [word!("{} Pong"), word!("{} Pongs")],
    [word!("{} Close frame"), word!("{} Close frames")],
    [word!("{} row"), word!("{} rows")],
    [word!("{} run"), word!("{} runs")],
    [word!("{} mark"), word!("{} marks")],
    [word!("{} unit"), word!("{} units")],
    [word!("{} heartbeat"), word!("{} heartbeats")],
    [word!("{} price"), word!("{} prices")],
    [word!("{} question"), word!("{} questions")],
    [word!("{} segment"), word!("{} segments")],
    [word!("{} answer"), word!("{} answers")],
    [word!("{} thing"), word!("{} things")],
];
