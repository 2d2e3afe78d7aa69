//! A chat over a WebSocket: either side speaks when it likes.

use std::future::poll_fn;
use std::task::Poll;

use tongue::{Sentence, say};
use trace::answer::SOCKET;

use super::seat::{Gone, Seat, Wish};
use crate::capture::address::Address;
use crate::capture::clock::{Waited, within};
use crate::capture::socket::{Happening, Socket};

enum Next {
    Wish(Wish),
    Happening(Happening),
}

/// Opens one and talks until it is over. A page that comes again says what it has heard already.
pub(super) async fn talk(seat: &mut Seat, address: &Address) -> Gone {
    let target = match seat.heard {
        0 => SOCKET.to_owned(),
        heard => format!("{SOCKET}?after={heard}"),
    };
    let Ok(socket) = Socket::open(&address.url(&target), false) else { return Gone::Unopened };
    let mut open = false;
    loop {
        if open {
            while let Some(text) = seat.unsent.pop_front() {
                socket.send(&text, seat.room.meeting.manner.binary);
            }
        }
        let mut happening = std::pin::pin!(socket.next());
        let next = poll_fn(|context| {
            if let Poll::Ready(happening) = happening.as_mut().poll(context) {
                return Poll::Ready(Next::Happening(happening));
            }
            seat.wishes.poll(context, |_| true).map(Next::Wish)
        });
        match within(next, u64::MAX, &seat.room.stop).await {
            Waited::Done(Next::Wish(Wish::Say(text))) => seat.unsent.push_back(text),
            Waited::Done(Next::Wish(Wish::Leave | Wish::Again)) => {}
            Waited::Done(Next::Happening(Happening::Open(..))) => {
                open = true;
                seat.opened();
            }
            // Nobody awaits one in a chat.
            Waited::Done(Next::Happening(Happening::Echo(..))) => {}
            Waited::Done(Next::Happening(Happening::Message(at, text))) => seat.hear(text, at),
            Waited::Done(Next::Happening(Happening::Closed(closed))) if open => {
                let code = closed.code;
                return Gone::Lost(Sentence::of(move || match code {
                    1006 => say("without a Close frame (the script sees code 1006)").to_owned(),
                    code => say!("with close code {}", code),
                }));
            }
            Waited::Done(Next::Happening(Happening::Closed(_))) => return Gone::Unopened,
            Waited::Late | Waited::Stopped => return Gone::Over,
        }
    }
}
