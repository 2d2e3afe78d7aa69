//! Who says what when, for each workload. Integers only, and nothing by chance.

use super::prose::{evenly, prose};
use super::{Scenario, Speaker, Utterance, Workload};
use crate::order;

impl Scenario {
    /// Who says what when. A chat longer than the five lines of the first screen starts them over;
    /// an echo's messages all stand at 0 and are sent in turn. What the server says only when asked
    /// stands at the time of its question. Nobody can speak up in those: what the visitor added waits
    /// for a workload that is open.
    pub fn script(&self) -> Vec<Utterance> {
        let count = u64::from(self.messages);
        let mut script: Vec<Utterance> = match self.workload {
            Workload::Download => {
                let parts = (0..count).map(|n| self.answer(START, "part ", n, DOWNLOAD_SIZE));
                std::iter::once(utterance(START, Speaker::You, "Send me the file")).chain(parts).collect()
            }
            Workload::Page => {
                let ask = |n| utterance(START, Speaker::You, &numbered("part ", n));
                (0..count)
                    .map(ask)
                    .chain((0..count).map(|n| self.answer(START, "part ", n, PAGE_SIZE)))
                    .collect()
            }
            Workload::Reads => (0..count)
                .flat_map(|n| {
                    let at = START + n * self.period();
                    let ask = utterance(at, Speaker::You, &numbered("read ", n));
                    [ask, self.answer(at, "item ", n, READ_SIZE)]
                })
                .collect(),
            _ => (0..count).map(|n| self.line(n)).collect(),
        };
        if self.workload.is_open() {
            script.extend(self.added.iter().cloned());
        }
        order::sorted(script, |utterance| utterance.at)
    }

    /// Line `n` of a workload in which nobody waits for the other, or of an echo.
    fn line(&self, n: u64) -> Utterance {
        use Speaker::{Server, You};
        let period = self.period();
        let in_turn = if n.is_multiple_of(2) { You } else { Server };
        let (at, from, text) = match self.workload {
            Workload::Echo => return self.echo(n),
            Workload::News | Workload::Talk => {
                let from = if self.workload == Workload::News { Server } else { in_turn };
                let text = prose(n, self.size.unwrap_or(PROSE_SIZE));
                return Utterance { at: evenly(n, self.gap, self.poll), from, text };
            }
            Workload::Game => (
                START + n / 2 * period,
                in_turn,
                numbered(if in_turn == You { "move " } else { "state " }, n / 2),
            ),
            Workload::Ticker => (START + n * period, Server, numbered("tick ", n)),
            Workload::Dashboard => {
                (START + n / BURST * BURST_PERIOD, Server, numbered(GAUGES[(n % BURST) as usize], n / BURST))
            }
            Workload::Idle => (START + n * SILENCE, in_turn, numbered("Still there? ", n)),
            Workload::Call => {
                let pair = (n / 2) as usize % CALL.len();
                let text = if in_turn == You { CALL[pair].0 } else { CALL[pair].1 };
                (START + n / 2 * CALL_PERIOD, in_turn, text.to_owned())
            }
            Workload::Orders => {
                let (round, place) = (n / ORDERS.len() as u64, n as usize % ORDERS.len());
                (ORDERS[place] + round * ORDERS_PERIOD, Server, numbered("paid: order ", n))
            }
            Workload::Editing => {
                let at = START + n / 2 * period + if in_turn == You { 0 } else { period / 2 };
                (at, in_turn, numbered("insert ", n))
            }
            Workload::Stocks if n == u64::from(self.messages) / 2 => {
                (START + n * period, You, "buy 10".to_owned())
            }
            Workload::Stocks => (START + n * period, Server, numbered("price ", 100 + n * 7 % 13)),
            Workload::Chat | Workload::Download | Workload::Page | Workload::Reads => {
                let (at, from, text) = CHAT[n as usize % CHAT.len()];
                (at + CHAT_PERIOD * (n / CHAT.len() as u64), from, text.to_owned())
            }
        };
        let text = self.size.map_or_else(|| text.clone(), |size| sized(&text, size));
        Utterance { at, from, text }
    }

    fn echo(&self, n: u64) -> Utterance {
        let text = format!("echo {} of {}", n + 1, self.messages);
        utterance(0, Speaker::You, &sized(&text, self.size.unwrap_or(ECHO_SIZE)))
    }

    fn answer(&self, at: u64, word: &str, n: u64, size: u32) -> Utterance {
        utterance(at, Speaker::Server, &sized(&numbered(word, n), self.size.unwrap_or(size)))
    }

    /// Microseconds between two messages of one who speaks at a steady pace.
    fn period(&self) -> u64 {
        let rate = self.rate.or(self.workload.usual_rate()).unwrap_or(1);
        1_000_000 / u64::from(rate.max(1))
    }
}

fn utterance(at: u64, from: Speaker, text: &str) -> Utterance {
    Utterance { at, from, text: text.to_owned() }
}

/// `word` and the number after `n`.
fn numbered(word: &str, n: u64) -> String {
    let mut text = word.to_owned();
    text.push_str(&(n + 1).to_string());
    text
}

/// `text` cut or filled up with dots to exactly `size` octets.
fn sized(text: &str, size: u32) -> String {
    let size = size as usize;
    let mut out: String = text.chars().filter(char::is_ascii).take(size).collect();
    out.extend(std::iter::repeat_n('.', size - out.len()));
    out
}

/// The conversation of the first screen: you write twice, Ben three times and unasked. None of Ben's
/// lines falls between the arrival of a warm question and that of one on a new connection, a round
/// trip later: there hanging up would look faster by mere luck.
const CHAT: [(u64, Speaker, &str); 5] = [
    (400_000, Speaker::You, "Hi Ben"),
    (700_000, Speaker::Server, "Hello!"),
    (1_200_000, Speaker::Server, "Lunch?"),
    (1_600_000, Speaker::You, "Sure"),
    (2_200_000, Speaker::Server, "Great."),
];

/// How much later each repetition of the chat begins, in microseconds.
const CHAT_PERIOD: u64 = 2_500_000;

/// What both say at once on the telephone, and how far apart.
const CALL: [(&str, &str); 5] = [
    ("Hello?", "Hello?"),
    ("It's me!", "Ben here."),
    ("How are you?", "I'm well."),
    ("Me too", "Good"),
    ("Bye!", "Bye!"),
];
const CALL_PERIOD: u64 = 600_000;

/// When the first payments come in, and how much later each repetition begins.
const ORDERS: [u64; 4] = [400_000, 1_900_000, 2_300_000, 4_100_000];
const ORDERS_PERIOD: u64 = 5_000_000;

/// What a dashboard shows; all of it at once, so often.
const GAUGES: [&str; 3] = ["load ", "users ", "errors "];
const BURST: u64 = GAUGES.len() as u64;
const BURST_PERIOD: u64 = 2_000_000;

/// When the first message of a workload is due, unless its own times say otherwise.
pub(super) const START: u64 = 400_000;

/// How long the idle ones say nothing.
const SILENCE: u64 = 60_000_000;

/// Octets of an echo, of a part of the download, of a web page's part, of what is read, of ordinary words;
/// where the scenario does not say.
const ECHO_SIZE: u32 = 16;
const DOWNLOAD_SIZE: u32 = 65_536;
const PAGE_SIZE: u32 = 8_000;
const READ_SIZE: u32 = 200;
const PROSE_SIZE: u32 = 16;
