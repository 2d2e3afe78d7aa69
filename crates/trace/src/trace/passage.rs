//! The way of each message from the mouth to the ear.

use std::ops::Deref;

use wire::Sender;

use super::Trace;
use crate::event::{Kind, Message};
use crate::order;

/// One message from the mouth to the ear.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Passage {
    /// The message.
    pub message: Message,
    /// Who said it.
    pub speaker: Sender,
    /// When, in microseconds.
    pub said: u64,
    /// When the first octet that carries it was sent.
    pub left: Option<u64>,
    /// When the other side's application had it.
    pub delivered: Option<u64>,
}

impl Passage {
    /// How long it has been under way by `now`, or took: from mouth to ear, in microseconds.
    pub fn age(&self, now: u64) -> u64 {
        self.delivered.filter(|&at| at <= now).unwrap_or(now).saturating_sub(self.said)
    }
}

/// Every passage of a lane, in the order in which the messages were said.
#[derive(PartialEq, Eq, Debug)]
pub struct Passages {
    list: Vec<Passage>,
    /// Places in `list`, by the message's number.
    by_id: Vec<usize>,
    /// When the last news of the server among the passages up to each has left.
    news_left: Vec<u64>,
}

impl Passages {
    pub(super) const NONE: &Self = &Self { list: Vec::new(), by_id: Vec::new(), news_left: Vec::new() };

    /// Two clocks that are aligned within an error may tell the hearing before the saying: that
    /// loses no message. Of a message that was said twice, the first time counts.
    pub(super) fn of(trace: &Trace, lane: usize) -> Self {
        let said = trace.lane(lane).filter(|event| event.kind == Kind::Said);
        let list: Vec<Passage> = said
            .flat_map(|event| {
                event.carries.iter().map(|message| Passage {
                    message: message.clone(),
                    speaker: event.key.sender,
                    said: event.start(),
                    left: None,
                    delivered: None,
                })
            })
            .collect();
        let firsts: Vec<bool> = {
            let all = Self::indexed(list.clone());
            all.list.iter().enumerate().map(|(own, it)| all.place(it.message.id) == Some(own)).collect()
        };
        let list = list.into_iter().zip(firsts).filter_map(|(passage, first)| first.then_some(passage));
        let mut passages = Self::indexed(list.collect());
        for event in trace.lane(lane) {
            for message in &event.carries {
                let place = passages.place(message.id);
                let Some(passage) = place.and_then(|place| passages.list.get_mut(place)) else { continue };
                if event.kind == Kind::Delivered {
                    passage.delivered = Some(event.start());
                } else if event.travels() && event.key.sender == passage.speaker {
                    passage.left.get_or_insert(event.start());
                }
            }
        }
        let mut latest = 0;
        for passage in passages.list.iter() {
            if passage.speaker == Sender::Server {
                latest = latest.max(passage.left.unwrap_or(u64::MAX));
            }
            passages.news_left.push(latest);
        }
        passages
    }

    fn indexed(list: Vec<Passage>) -> Self {
        let by_id = order::by(list.iter().map(|passage| u64::from(passage.message.id)));
        Self { list, by_id, news_left: Vec::new() }
    }

    fn place(&self, id: u32) -> Option<usize> {
        let first = self.by_id.partition_point(|&place| self.list[place].message.id < id);
        self.by_id.get(first).copied().filter(|&place| self.list[place].message.id == id)
    }

    /// The passage of the message with this number.
    pub fn message(&self, id: u32) -> Option<&Passage> {
        self.place(id).and_then(|place| self.list.get(place))
    }

    /// Whether by `now`, in microseconds, the server has said something that has not left it.
    pub fn news_waits(&self, now: u64) -> bool {
        let said = self.list.partition_point(|passage| passage.said <= now);
        said.checked_sub(1).and_then(|last| self.news_left.get(last)).is_some_and(|&left| left > now)
    }
}

impl Deref for Passages {
    type Target = [Passage];

    fn deref(&self) -> &[Passage] {
        &self.list
    }
}
