//! The advice in words.

use super::{Advice, FRAMED, HELD, IDLE, Objection, Standing, Turn, Who};
use crate::caption::{count, octets, plain_seconds, plural, seconds};
use crate::compare::Grid;
use crate::compare::manner::Manner;
use crate::scenario::Transport;

/// The rule by which transports are ranked, as the page shows it.
pub fn rule() -> String {
    [
        "A way counts if a browser can use it, if it delivers everything and if 95 of 100 messages are heard in \
         time. HTTP asks for news as seldom as your answer allows. Of the ways that count the cheapest wins. Its \
         price is what it sends in a minute, TCP and IP included, and a surcharge for what is not plain \
         request and response, which caches, proxies and every host understand: ",
        &octets(HELD),
        " for an answer that waits or goes on, ",
        &octets(FRAMED),
        " for a connection that leaves HTTP. Where only the client ever asks, these gain little and lose caches, \
         status codes and safe retries: ",
        &octets(IDLE),
        ". The surcharges are our judgement. Everything else is counted in runs.",
    ]
    .concat()
}

impl Advice {
    /// What to take and why, in two sentences.
    pub fn recommendation(&self) -> String {
        let Some(best) = self.ranked.first() else { return String::new() };
        if let Some(objection) = best.objection {
            return [
                "Nothing here does it. The nearest is ",
                best.transport.name(),
                ": ",
                &objection.words(),
                ".",
            ]
            .concat();
        }
        let figures = [best.words(), self.reason(best)].concat();
        ["Take ", best.transport.name(), ": ", &figures, &self.runner_up(best)].concat()
    }

    /// When it would be another, in one sentence.
    pub fn until(&self) -> String {
        if let Some(flip) = &self.flip {
            let name = flip.to.map_or("none of these", Transport::name);
            let still = ["; at ", &plain_seconds(flip.still), " it is still the same"].concat();
            return ["The answer would be ", name, " if ", &flip.turn.words(flip.turned), &still, "."]
                .concat();
        }
        let looked = self.looked.iter().filter(|(turn, far)| *far != turn.value(self.need));
        let looked: Vec<String> = looked.map(|(turn, far)| turn.words(*far)).collect();
        match looked.is_empty() {
            true => String::new(),
            false => ["The answer would be the same if ", &looked.join(", and if "), "."].concat(),
        }
    }

    /// The ranking as text.
    pub fn grid(&self) -> Grid {
        let head = [
            "Transport",
            "octets a minute",
            "with surcharge",
            "p95 heard after",
            "connections",
            "requests",
            "objection",
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
            (Who::Client, Manner::Asked) => ": only the client asks, and that is what a request is for.",
            (_, Manner::Asked) => {
                let every = plain_seconds(self.scenario.poll);
                return [": asking for news every ", &every, " is soon enough."].concat();
            }
            (_, Manner::Held) => ": each question waits for news, through anything that speaks HTTP.",
            (Who::Both, Manner::Streamed) => {
                ": news comes down an answer that stays open, and you answer by request."
            }
            (_, Manner::Streamed) => ": news goes one way, down an answer that stays open.",
            (_, Manner::Called) => ": the server has an address to send its news to.",
            (Who::Both, Manner::Framed) => ": either side speaks when it likes, without a head.",
            (_, Manner::Framed) => ": nothing plainer is as cheap and in time.",
        };
        fixed.to_owned()
    }

    /// The best of those that work in another way.
    fn runner_up(&self, best: &Standing) -> String {
        let Some(next) = self.ranked.iter().find(|it| it.manner != best.manner) else { return String::new() };
        let against = match next.objection {
            Some(objection) => objection.words(),
            None => [
                &octets(next.octets_a_minute),
                " a minute, ",
                &octets(next.price),
                " with its surcharge, against ",
                &count(best.price),
            ]
            .concat(),
        };
        [" Next comes ", next.transport.name(), ": ", &against, "."].concat()
    }
}

impl Turn {
    fn words(self, value: u64) -> String {
        let value = plain_seconds(value);
        match self {
            Self::Oftener => ["a message came every ", &value].concat(),
            Self::Rarer => ["a message came only every ", &value].concat(),
            Self::Sooner => ["it had to be heard within ", &value].concat(),
            Self::Later => ["it might be heard as late as after ", &value].concat(),
        }
    }
}

impl Standing {
    /// `9,120 octets a minute on 1 connection, 95 of 100 messages heard after at most 0.05 s`.
    fn words(&self) -> String {
        let connections = plural(u64::from(self.figures.connections), "connection");
        let heard = self
            .figures
            .ages
            .map_or_else(String::new, |ages| [", 95 of 100 within ", &seconds(ages.p95)].concat());
        [&octets(self.octets_a_minute), " a minute on ", &connections, &heard].concat()
    }
}

impl Objection {
    /// In words.
    pub fn words(self) -> String {
        match self {
            Self::NoBrowser => "it runs between two servers, without a browser".to_owned(),
            Self::MayBeKeptBack => "an old proxy may keep its answer back until it is whole".to_owned(),
            Self::MayBeRefused => "an old proxy may not pass its upgrade on".to_owned(),
            Self::Incomplete(missing) => [&plural(u64::from(missing), "message"), " did not arrive"].concat(),
            Self::Late(p95) => ["too late, 95 of 100 only within ", &seconds(p95)].concat(),
        }
    }
}
