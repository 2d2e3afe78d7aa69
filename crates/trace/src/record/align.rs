//! Two clocks, one time: the exchange with the smallest round trip says how far they are apart.

/// One reading of the companion's clock, all in microseconds of the clock named.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Exchange {
    /// Page's clock when the question left.
    pub asked: u64,
    /// Companion's clock when it answered.
    pub read: u64,
    /// Page's clock when the answer was there.
    pub answered: u64,
}

/// How to turn the companion's clock into the page's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Alignment {
    /// Companion's clock less page's clock, in microseconds.
    pub offset: i64,
    /// The truth lies within so many microseconds either way: half of the smallest round trip.
    pub error: u64,
}

impl Alignment {
    /// A time of the companion's clock on the page's, counted from `zero` of the page's clock.
    /// Before zero is zero: that is possible only within the error.
    pub fn since(&self, zero: u64, companion: u64) -> u64 {
        let page = companion as i64 - self.offset;
        u64::try_from(page - zero as i64).unwrap_or(0)
    }
}

/// Aligns two clocks, or `None` of no exchange.
pub fn align(exchanges: &[Exchange]) -> Option<Alignment> {
    let best = exchanges.iter().min_by_key(|it| it.answered.saturating_sub(it.asked))?;
    let round_trip = best.answered.saturating_sub(best.asked);
    let middle = best.asked + round_trip / 2;
    Some(Alignment { offset: best.read as i64 - middle as i64, error: round_trip.div_ceil(2) })
}
