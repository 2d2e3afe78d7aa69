//! The proxy beside the side that accepted a connection: it cuts what is silent.

use super::connection::side;
use super::record::Entry;
use super::{Due, Ends, World};
use crate::event::Kind;
use crate::sim::link::SEGMENT_HEADERS;

impl World {
    /// Has the proxy watch a connection from now on.
    pub(super) fn watch(&mut self, connection: u16) {
        if let Some(idle) = self.network.idle {
            self.at(self.now + idle, Due::Silence(connection));
        }
    }

    /// It cuts what has been silent for too long: RST to the side that opened the connection, while the
    /// other side, right beside it, learns of it at once.
    pub(super) fn silence(&mut self, connection: u16, ends: &mut Ends<'_>) {
        let (Some(known), Some(idle)) =
            (self.connections.get_mut(usize::from(connection)), self.network.idle)
        else {
            return;
        };
        if known.ended == [true; 2] {
            return;
        }
        let until = known.quiet_since + idle;
        if self.now < until {
            return self.at(until, Due::Silence(connection));
        }
        let near = known.accepter();
        known.cut[side(near)] = true;
        let now = self.now;
        let times = self.pipe(near).send(now, SEGMENT_HEADERS);
        let at = times.end();
        self.record(connection, near, Entry::tcp(Kind::Reset, times, SEGMENT_HEADERS));
        self.at(at, Due::Cut(connection));
        ends.of(near).ended(self, connection);
    }

    /// RST has arrived.
    pub(super) fn cut(&mut self, connection: u16, ends: &mut Ends<'_>) {
        let known = &mut self.connections[usize::from(connection)];
        let far = known.opener;
        known.cut[side(far)] = true;
        ends.of(far).ended(self, connection);
    }
}
