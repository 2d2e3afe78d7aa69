//! The advice in words.

use tongue::say;

use super::{Advice, FRAMED, HELD, IDLE, Objection, Standing, Turn, Who};
use crate::caption::{count, octets, plain_seconds, plural, seconds, sentences};
use crate::compare::Grid;
use crate::compare::manner::Manner;
use crate::scenario::Transport;

/// The rule by which transports are ranked, as the page shows it.
pub fn rule() -> String {
    say!(
        "A way counts if a browser can use it, if it delivers everything and if 95 of 100 messages are heard in \
         time. HTTP asks for news as seldom as your answer allows. Of the ways that count the cheapest wins. Its \
         price is what it sends in a minute, TCP and IP included, and a surcharge for what is not plain \
         request and response, which caches, proxies and every host understand: {} for an answer that waits or \
         goes on, {} for a connection that leaves HTTP. Where only the client ever asks, these gain little and \
         lose caches, status codes and safe retries: {}. The surcharges are our judgement. Everything else is \
         counted in runs.",
        octets(HELD),
        octets(FRAMED),
        octets(IDLE)
    )
}

impl Advice {
    /// What to take and why, in two sentences.
    pub fn recommendation(&self) -> String {
        let Some(best) = self.ranked.first() else { return String::new() };
        if let Some(objection) = best.objection {
            return say!(
                "Nothing here does it. The nearest is {}: {}.",
                best.transport.name(),
                objection.words()
            );
        }
        let take = say!("Take {}: {}: {}.", best.transport.name(), best.words(), self.reason(best));
        sentences([take].into_iter().chain(self.runner_up(best)))
    }

    /// When it would be another, in one sentence.
    pub fn until(&self) -> String {
        if let Some(flip) = &self.flip {
            let name = flip.to.map_or(say!("none of these"), Transport::name);
            return say!(
                "The answer would be {} if {}; at {} it is still the same.",
                name,
                flip.turn.words(flip.turned),
                plain_seconds(flip.still)
            );
        }
        let looked = self.looked.iter().filter(|(turn, far)| *far != turn.value(self.need));
        let looked = looked.map(|(turn, far)| turn.words(*far));
        let all = looked.reduce(|before, next| say!("{}, and if {}", before, next));
        all.map_or_else(String::new, |all| say!("The answer would be the same if {}.", all))
    }

    /// The ranking as text.
    pub fn grid(&self) -> Grid {
        let head = [
            say!("Transport"),
            say!("octets a minute"),
            say!("with surcharge"),
            say!("p95 heard after"),
            say!("connections"),
            say!("requests"),
            say!("objection"),
        ];
        let row = |it: &Standing| {
            vec![
                it.transport.name().to_owned(),
                count(it.octets_a_minute),
                count(it.price),
                it.figures.ages.map_or_else(|| "–".to_owned(), |ages| seconds(ages.p95)),
                count(u64::from(it.figures.connections)),
                count(u64::from(it.figures.requests)),
                it.objection.map_or_else(String::new, Objection::words),
            ]
        };
        Grid { head: head.map(str::to_owned).to_vec(), rows: self.ranked.iter().map(row).collect() }
    }

    fn reason(&self, best: &Standing) -> String {
        let fixed = match (self.need.who, best.manner) {
            (Who::Client, Manner::Asked) => say!("only the client asks, and that is what a request is for"),
            (_, Manner::Asked) => {
                return say!("asking for news every {} is soon enough", plain_seconds(self.scenario.poll));
            }
            (_, Manner::Held) => say!("each question waits for news, through anything that speaks HTTP"),
            (Who::Both, Manner::Streamed) => {
                say!("news comes down an answer that stays open, and you answer by request")
            }
            (_, Manner::Streamed) => say!("news goes one way, down an answer that stays open"),
            (_, Manner::Called) => say!("the server has an address to send its news to"),
            (Who::Both, Manner::Framed) => say!("either side speaks when it likes, without a head"),
            (_, Manner::Framed) => say!("nothing plainer is as cheap and in time"),
        };
        fixed.to_owned()
    }

    /// The best of those that work in another way.
    fn runner_up(&self, best: &Standing) -> Option<String> {
        let next = self.ranked.iter().find(|it| it.manner != best.manner)?;
        let against = match next.objection {
            Some(objection) => objection.words(),
            None => say!(
                "{} a minute, {} with its surcharge, against {}",
                octets(next.octets_a_minute),
                octets(next.price),
                count(best.price)
            ),
        };
        Some(say!("Next comes {}: {}.", next.transport.name(), against))
    }
}

impl Turn {
    fn words(self, value: u64) -> String {
        let value = plain_seconds(value);
        match self {
            Self::Oftener => say!("a message came every {}", value),
            Self::Rarer => say!("a message came only every {}", value),
            Self::Sooner => say!("it had to be heard within {}", value),
            Self::Later => say!("it might be heard as late as after {}", value),
        }
    }
}

impl Standing {
    /// `9,120 octets a minute on 1 connection, 95 of 100 messages heard after at most 0.05 s`.
    fn words(&self) -> String {
        let connections = plural(u64::from(self.figures.connections), "connection");
        let octets = octets(self.octets_a_minute);
        match self.figures.ages {
            Some(ages) => {
                let late = seconds(ages.p95);
                say!("{} a minute on {}, 95 of 100 within {}", octets, connections, late)
            }
            None => say!("{} a minute on {}", octets, connections),
        }
    }
}

impl Objection {
    /// In words.
    pub fn words(self) -> String {
        match self {
            Self::NoBrowser => say!("it runs between two servers, without a browser").to_owned(),
            Self::MayBeKeptBack => say!("an old proxy may keep its answer back until it is whole").to_owned(),
            Self::MayBeRefused => say!("an old proxy may not pass its upgrade on").to_owned(),
            Self::Incomplete(missing) => say!("{} did not arrive", plural(u64::from(missing), "message")),
            Self::Late(p95) => say!("too late, 95 of 100 only within {}", seconds(p95)),
        }
    }
}
