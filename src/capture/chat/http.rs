//! A chat over HTTP: what the visitor says goes out at once; what Ben says has to be asked for, or comes on a
//! stream.

use std::future::poll_fn;
use std::task::Poll;

use tongue::{Sentence, word};
use trace::answer::{EVENTS, NEWS, SAY};
use trace::chat::Link;
use trace::scenario::Transport;

use super::seat::{Gone, Seat, Wish};
use crate::capture::address::{Address, numbered};
use crate::capture::agenda::{Agenda, Ask, Asks};
use crate::capture::call::{Answer, Call, NoAnswer};
use crate::capture::clock::{Waited, now, within};
use crate::capture::course::PATIENCE;
use crate::capture::flights::Flights;
use crate::capture::stream::{Stream, Turn};
use crate::capture::unwrap::decoded;

enum Next {
    Wish(Wish),
    Answer(Ask, Result<Answer, NoAnswer>),
    Stream(Turn),
}

/// Talks until something fails or the chat is over.
pub(super) async fn talk(seat: &mut Seat, address: &Address) -> Gone {
    let transport = seat.room.transport(seat.lane);
    let asks = match transport {
        Transport::Sse => Asks::Never,
        Transport::Long => Asks::Again,
        _ => Asks::Every(seat.room.meeting.poll),
    };
    let stream = match transport {
        Transport::Sse => match Stream::open(&address.url(EVENTS)) {
            Some(stream) => Some(stream),
            None => return Gone::Unopened,
        },
        _ => None,
    };
    let (mut agenda, mut flights, zero) = (Agenda::new([], asks), Flights::default(), now());
    agenda.rise(0, true);
    let mut open = false;
    loop {
        while let Some(text) = seat.unsent.pop_front() {
            agenda.say(text, now().saturating_sub(zero));
        }
        // On a single connection one request follows the other.
        while (flights.are_none() || transport.most_connections() > 1)
            && let Some(ask) = agenda.next()
        {
            send(seat, address, ask, &mut flights);
        }
        let next = poll_fn(|context| {
            if let Poll::Ready((_, ask, answer)) = flights.poll(context) {
                return Poll::Ready(Next::Answer(ask, answer));
            }
            if let Some(Poll::Ready(turn)) = stream.as_ref().map(|stream| stream.poll(context)) {
                return Poll::Ready(Next::Stream(turn));
            }
            seat.wishes.poll(context, |_| true).map(Next::Wish)
        });
        let until = agenda.due().map_or(u64::MAX, |due| zero.saturating_add(due));
        match within(next, until, &seat.room.stop).await {
            Waited::Done(Next::Wish(Wish::Say(text))) => seat.unsent.push_back(text),
            Waited::Done(Next::Wish(Wish::Leave | Wish::Again)) | Waited::Late => {}
            Waited::Done(Next::Answer(ask, answer)) => {
                let fine = answer.ok().filter(|answer| (200..300).contains(&answer.status));
                let Some(answer) = fine else {
                    keep(seat, ask, &mut agenda);
                    return if open { Gone::Lost(Sentence::text(BROKEN)) } else { Gone::Unopened };
                };
                if !std::mem::replace(&mut open, true) && stream.is_none() {
                    seat.opened();
                }
                if ask == Ask::News {
                    take_news(seat, &answer);
                    agenda.answered(false);
                }
            }
            Waited::Done(Next::Stream(Turn::Open(_))) => {
                open = true;
                seat.opened();
                seat.again = true;
            }
            Waited::Done(Next::Stream(Turn::Event(at, _, data))) => {
                let octets = seat.room.meeting.manner.binary.then(|| decoded(&data)).flatten();
                seat.hear(octets.map_or(data, |it| String::from_utf8_lossy(&it).into_owned()), at);
            }
            Waited::Done(Next::Stream(Turn::Again(_))) => {
                seat.link(Link::ByBrowser);
                let (run, _) = seat.room.place(seat.lane).unzip();
                // The browser tries the same port for ever: of no use once the run is another one.
                if seat.room.is_open().await && seat.room.place(seat.lane).unzip().0 != run {
                    return Gone::Lost(Sentence::text(word!("its port is gone")));
                }
            }
            Waited::Done(Next::Stream(Turn::Over)) => {
                return if open { Gone::Lost(Sentence::text(BROKEN)) } else { Gone::Unopened };
            }
            Waited::Stopped => return Gone::Over,
        }
        agenda.rise(now().saturating_sub(zero), flights.are_none());
    }
}

fn send(seat: &Seat, address: &Address, ask: Ask, flights: &mut Flights) {
    let (target, content) = match &ask {
        Ask::Say { n, text, .. } => (numbered(SAY, *n), Some(text.clone())),
        Ask::News => (format!("{NEWS}?after={}", seat.heard), None),
    };
    let meeting = &seat.room.meeting;
    let call = Call { url: address.url(&target), content, binary: meeting.manner.binary };
    let link = meeting.network.round_trip.saturating_mul(4) + meeting.network.think;
    let until = now().saturating_add(PATIENCE + link + meeting.manner.hold);
    flights.start(0, ask, call, until, &seat.room.stop);
}

/// What could not be sent is sent when the lane is there again, in its order.
fn keep(seat: &mut Seat, failed: Ask, agenda: &mut Agenda) {
    let rest = std::iter::once(failed).chain(std::iter::from_fn(|| agenda.next()));
    let unsent = rest.filter_map(|ask| match ask {
        Ask::Say { text, .. } => Some(text),
        Ask::News => None,
    });
    let unsent: Vec<String> = unsent.collect();
    for text in unsent.into_iter().rev() {
        seat.unsent.push_front(text);
    }
}

fn take_news(seat: &mut Seat, answer: &Answer) {
    if !answer.content.is_empty() {
        let text = String::from_utf8_lossy(&answer.content).into_owned();
        text.split('\n').for_each(|line| seat.hear(line.to_owned(), answer.in_hand));
    }
}

const BROKEN: &str = word!("no answer came");
