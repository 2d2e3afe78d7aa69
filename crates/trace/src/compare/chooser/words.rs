//! The advice in words.

use tongue::say;

use super::{Advice, FRAMED, Flip, HELD, IDLE, Objection, Standing, Turn, Who};
use crate::caption::{count, octets, plain_seconds, plural, seconds, sentences};
use crate::compare::Grid;
use crate::compare::manner::Manner;
use crate::scenario::Transport;

/// The rule by which transports are ranked, as the page shows it.
pub fn rule() -> String {
    say!(
        "A way counts if a browser can use it, if it delivers everything and if 95 of 100 messages are heard in \
         time. HTTP asks for news as seldom as your answer allows. Of the ways that count the cheapest wins. Its \
         price is what it sends in each minute, TCP and IP included, and a surcharge for what is not plain \
         request and response, which caches, proxies and every host understand: {} for an answer that waits or \
         goes on, {} for a connection that leaves HTTP. Where only the client ever asks, these gain little and \
         lose caches, status codes and safe retries: {}. What is sent only once, to open and close connections \
         that stay, is no part of the price. The surcharges are our judgement. Everything else is counted in \
         runs.",
        octets(HELD),
        octets(FRAMED),
        octets(IDLE)
    )
}

/// What another version of HTTP would change.
pub fn over_http2() -> &'static str {
    say!(
        "All of this is counted over HTTP/1.1. Over HTTP/2 requests share one connection, so that the limit of six \
         connections does not apply (RFC 9113 section 5); heads are compressed, so that what repeats its heads \
         comes cheaper than here (RFC 7541 section 1); and a WebSocket may share that connection where both ends \
         support it (RFC 8441 section 5). By how much that moves these figures is not counted here."
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
            return flip.words();
        }
        let looked = self.looked.iter().filter(|(turn, far)| *far != turn.value(self.need));
        let looked = looked.map(|(turn, far)| turn.words(*far));
        let all = looked.reduce(|before, next| say!("{}, and if {}", before, next));
        all.map_or_else(String::new, |all| say!("The answer would be the same if {}.", all))
    }

    /// Who would lead if only octets counted, in one sentence.
    pub fn without_surcharges(&self) -> String {
        let able: Vec<&Standing> = self.ranked.iter().filter(|it| it.objection.is_none()).collect();
        // Of equals the first.
        match (able.first(), able.iter().min_by_key(|it| it.pace.octets)) {
            (Some(best), Some(least)) if best.transport != least.transport => say!(
                "Without the surcharges, by octets alone, it would be {}: {} a minute.",
                least.transport.name(),
                octets(least.pace.octets)
            ),
            (Some(_), _) => say!("Without the surcharges, by octets alone, it would be the same.").to_owned(),
            (None, _) => String::new(),
        }
    }

    /// Which text was compressed, in one sentence: the figures of whatever compresses hang on it.
    pub fn compressed(&self) -> String {
        let carried = |transport| {
            let standing = self.ranked.iter().find(|it| it.transport == transport);
            octets(standing.map_or(0, |it| it.figures.payload))
        };
        let name = Transport::Deflate.name();
        match self.need.who {
            Who::Client => {
                say!("{}: the words of an echo are filler, so what compression saves is not counted.", name)
            }
            Who::Server | Who::Both => say!(
                "{}: the text is made of sixteen English words, mixed; {} of it became {}. Yours may shrink more or less.",
                name,
                carried(Transport::WebSocket),
                carried(Transport::Deflate)
            ),
        }
    }

    /// The ranking as text.
    pub fn grid(&self) -> Grid {
        let head = [
            say!("Transport"),
            say!("octets once"),
            say!("octets a minute"),
            say!("with surcharge, a minute"),
            say!("requests a minute"),
            say!("95 of 100 heard within"),
            say!("connections in this run"),
            say!("objection"),
        ];
        let row = |it: &Standing| {
            vec![
                it.transport.name().to_owned(),
                count(it.pace.once),
                count(it.pace.octets),
                count(it.price),
                count(it.pace.requests),
                it.figures.ages.map_or_else(|| "–".to_owned(), |ages| seconds(ages.p95)),
                count(u64::from(it.figures.connections)),
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

    /// The best of those that work in another way; and the next of all, where that is another one.
    fn runner_up(&self, best: &Standing) -> Option<String> {
        let (next, other) = (self.ranked.get(1)?, self.other()?);
        let against = match other.objection {
            Some(objection) => objection.words(),
            None => say!(
                "{} a minute, {} with its surcharge, against {}",
                octets(other.pace.octets),
                octets(other.price),
                count(best.price)
            ),
        };
        let name = other.transport.name();
        Some(match next.transport == other.transport {
            true => say!("Next comes {}: {}.", name, against),
            false => say!(
                "Next comes {}, which works the same way; the best that works in another way is {}: {}.",
                next.transport.name(),
                name,
                against
            ),
        })
    }
}

impl Flip {
    /// How far the answer holds, and which comes then.
    fn words(&self) -> String {
        let (still, turned) = (plain_seconds(self.still), plain_seconds(self.turned));
        let name = self.to.map_or(say!("none of these"), Transport::name);
        match self.turn {
            Turn::Oftener => say!(
                "The answer stays the same down to {} from one message to the next; at {} it would be {}.",
                still,
                turned,
                name
            ),
            Turn::Rarer => say!(
                "The answer stays the same up to {} from one message to the next; at {} it would be {}.",
                still,
                turned,
                name
            ),
            Turn::Sooner => say!(
                "The answer stays the same as long as {} is soon enough; if it had to be heard within {}, it would be {}.",
                still,
                turned,
                name
            ),
            Turn::Later => say!(
                "The answer stays the same as long as it must be heard within {}; if {} were soon enough, it would be {}.",
                still,
                turned,
                name
            ),
        }
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
    /// `9,120 octets a minute and 1,015 once, on 1 connection, 95 of 100 messages heard within 0.05 s`.
    fn words(&self) -> String {
        let connections = plural(u64::from(self.figures.connections), "connection");
        let (octets, once) = (octets(self.pace.octets), count(self.pace.once));
        match self.figures.ages {
            Some(ages) => {
                let late = seconds(ages.p95);
                say!("{} a minute and {} once, on {}, 95 of 100 within {}", octets, once, connections, late)
            }
            None => say!("{} a minute and {} once, on {}", octets, once, connections),
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
