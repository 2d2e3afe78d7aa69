//! A scale with round ticks: straight, or by powers of ten where the values span more than two.

/// One axis of a chart.
#[derive(Clone, PartialEq, Debug)]
pub struct Axis {
    /// What it shows.
    pub title: &'static str,
    /// Whether equal lengths are equal factors.
    pub log: bool,
    /// The grid, ascending.
    pub ticks: Vec<Tick>,
    /// The values at its ends; what a logarithmic axis begins with stands for zero as well.
    range: [f64; 2],
    /// Where its ends are drawn.
    ends: [f64; 2],
}

/// A line of the grid.
#[derive(Clone, PartialEq, Debug)]
pub struct Tick {
    /// Its value.
    pub value: u64,
    /// Where it is drawn, in view-box units.
    pub at: f64,
    /// What stands beside it.
    pub label: String,
}

impl Axis {
    /// An axis for `values`, drawn between `ends`, its ticks written by `label`.
    pub(crate) fn new(
        title: &'static str,
        values: &[u64],
        ends: [f64; 2],
        label: impl Fn(u64) -> String,
    ) -> Self {
        let high = values.iter().copied().max().unwrap_or(0).max(1);
        let least = values.iter().copied().filter(|&value| value > 0).min().unwrap_or(1);
        let log = u128::from(high) > u128::from(least) * DECADES;
        let (base, rounds) = match log {
            true => powers(least, high, values.contains(&0)),
            false => (0.0, steps(high)),
        };
        let top = rounds.last().copied().unwrap_or(high);
        let mut axis = Self { title, log, ticks: Vec::new(), range: [base, top as f64], ends };
        let tick = |value| Tick { value, at: axis.place(value), label: label(value) };
        axis.ticks = rounds.into_iter().map(tick).collect();
        axis
    }

    /// Where `value` is drawn.
    pub fn place(&self, value: u64) -> f64 {
        let [low, high] = self.range;
        let value = value as f64;
        let share = match self.log {
            true => (value.max(low) / low).log10() / (high / low).log10(),
            false => value / high,
        };
        self.ends[0] + (self.ends[1] - self.ends[0]) * share.min(1.0)
    }
}

/// Powers of ten from the least value to the highest. A zero has a place of its own, one power below.
fn powers(least: u64, high: u64, zero: bool) -> (f64, Vec<u64>) {
    let mut power = 10_u64.pow(least.ilog10());
    let base = if zero { power as f64 / 10.0 } else { power as f64 };
    let mut rounds = if zero { vec![0, power] } else { vec![power] };
    while power < high {
        power = power.saturating_mul(10);
        rounds.push(power);
    }
    (base, rounds)
}

/// Multiples of 1, 2 or 5 and a power of ten, few enough to be read.
fn steps(high: u64) -> Vec<u64> {
    let mut power = 1_u64;
    let step = loop {
        let found = [1, 2, 5]
            .into_iter()
            .map(|digit| power.saturating_mul(digit))
            .find(|step| high.div_ceil(*step) <= MOST_STEPS);
        match found {
            Some(step) => break step,
            None => power = power.saturating_mul(10),
        }
    };
    (0..=high.div_ceil(step)).map(|n| n * step).collect()
}

/// The widest range, as a factor, on a straight axis.
const DECADES: u128 = 100;

/// The most steps on a straight axis.
const MOST_STEPS: u64 = 6;
