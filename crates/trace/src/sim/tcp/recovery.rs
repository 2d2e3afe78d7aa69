//! What the sender makes of acknowledgements and of their absence: how far the window opens, what is
//! lost, when to send again. The rules are those of [`super`].

use super::{Content, Segment, State, Stream};

impl Stream {
    /// At `now` the sender learns that everything before `all` has arrived, and `place`.
    pub(in crate::sim) fn learns(&mut self, all: usize, place: usize, now: u64) {
        let own = &self.segments[place];
        if own.state == State::Flying && !own.again {
            self.timeout.measured(now.saturating_sub(own.left));
        }
        let before = self.acknowledged;
        let mut fresh = 0;
        for known in before..all {
            self.holds(known);
            fresh += self.segments[known].octets;
        }
        self.holds(place);
        self.acknowledged = before.max(all);
        if self.acknowledged > before {
            self.alarm = self.outstanding().then(|| now + self.timeout.period());
            self.recovering &= self.acknowledged < self.recover;
            if !self.recovering {
                self.grow(fresh);
            }
        }
        if place >= self.acknowledged {
            self.miss();
        }
    }

    /// Whether the retransmission timer, which expires at `now`, finds the first segment lost. What is
    /// merely slow is given more time: this sender never sends in vain.
    pub(in crate::sim) fn expires(&mut self, now: u64) {
        let lost = |segment: &Segment| segment.state == State::Flying && segment.gone;
        if !self.segments.get(self.acknowledged).is_some_and(lost) {
            self.alarm = self.outstanding().then(|| now + self.timeout.period());
            return;
        }
        // It starts again with what is sent now (rule 5.6).
        self.alarm = None;
        self.timeout.expired();
        let unit = &self.units[self.segments[self.acknowledged].unit];
        if !matches!(unit.content, Content::Syn | Content::SynAck) {
            self.halve();
        }
        self.window = self.mss;
        self.recovering = false;
        for place in self.acknowledged..self.sent {
            if lost(&self.segments[place]) {
                self.misses(place);
            }
        }
    }

    /// The timer runs while anything is under way (RFC 6298 rule 5.1).
    pub(in crate::sim) fn period(&self) -> Option<u64> {
        (self.alarm.is_none() && self.outstanding()).then(|| self.timeout.period())
    }

    /// The handshake took more than one SYN (RFC 6298 rule 5.7).
    pub(in crate::sim) fn opened(&mut self) {
        if self.segments.iter().any(|segment| segment.again) {
            self.timeout.opened_late();
        }
    }

    fn outstanding(&self) -> bool {
        self.acknowledged < self.sent
    }

    fn holds(&mut self, place: usize) {
        let segment = &mut self.segments[place];
        if segment.state == State::Flying {
            self.flight -= segment.octets;
        }
        segment.state = State::Held;
    }

    fn misses(&mut self, place: usize) {
        self.flight -= self.segments[place].octets;
        self.missed += 1;
        self.segments[place].state = State::Missed;
    }

    fn grow(&mut self, fresh: u64) {
        let fresh = fresh.min(2 * self.mss);
        self.window += if self.window < self.threshold { fresh } else { self.mss * fresh / self.window };
    }

    /// Finds what has been overtaken by three segments. What has been sent again may be lost again: that
    /// only the timer finds out.
    fn miss(&mut self) {
        let mut after = 0;
        for place in (self.acknowledged..self.sent).rev() {
            let segment = &self.segments[place];
            match segment.state {
                State::Held => after += 1,
                State::Flying if after >= DUPLICATES && !segment.again => {
                    if !self.recovering {
                        self.halve();
                        self.window = self.threshold;
                        self.recovering = true;
                        self.recover = self.sent;
                    }
                    self.misses(place);
                }
                _ => {}
            }
        }
    }

    /// Half of what is unacknowledged, two segments at least (RFC 5681 equation 4).
    fn halve(&mut self) {
        let segments = &self.segments[self.acknowledged..self.sent];
        let outstanding: u64 = segments.iter().map(|segment| segment.octets).sum();
        self.threshold = (outstanding / 2).max(2 * self.mss);
    }
}

/// Duplicate acknowledgements that tell a loss (RFC 5681 section 3.2).
const DUPLICATES: u32 = 3;
