//! Foretold and measured times as plain shapes, and the same as a table.

use tongue::say;

use super::times::Timing;
use crate::compare::chart::{Size, names};
use crate::compare::{Axis, Grid};
use crate::scenario::Transport;

/// One chart: the messages of all lanes, left to right, times upward.
#[derive(Clone, PartialEq, Debug)]
pub struct Chart {
    /// Its size.
    pub size: Size,
    /// The messages, by their number in the script, counted from 1.
    pub x: Axis,
    /// Times in milliseconds.
    pub y: Axis,
    /// One for each lane.
    pub dots: Vec<Dots>,
    /// The text equal.
    pub grid: Grid,
}

/// One lane's messages.
#[derive(Clone, PartialEq, Debug)]
pub struct Dots {
    /// Its letter.
    pub letter: char,
    /// Its transport.
    pub transport: Transport,
    /// For each message where it is drawn: from the left, and from the top as predicted and as measured.
    pub pairs: Vec<[f64; 3]>,
    /// Where its name begins, beside its last message; names keep their distance. `None` without messages.
    pub name: Option<[f64; 2]>,
}

/// Draws the times of several lanes, each with its letter.
pub fn chart(lanes: &[(char, Transport, &[Timing])], size: Size) -> Chart {
    let left = size.axes[0];
    let (right, bottom) = (size.width - size.names, size.height - size.axes[1]);
    let all = || lanes.iter().flat_map(|lane| lane.2);
    let numbers: Vec<u64> = all().map(|it| u64::from(it.message) + 1).collect();
    let took: Vec<u64> = all().flat_map(|it| [it.measured, it.predicted]).collect();
    let x = Axis::new(say!("Message"), &numbers, [left, right], |value| value.to_string());
    let y = Axis::new(say!("Time it took"), &took, [bottom, TOP], milliseconds);
    let dots = lanes.iter().map(|(letter, transport, timings)| Dots {
        letter: *letter,
        transport: *transport,
        pairs: timings
            .iter()
            .map(|it| [x.place(u64::from(it.message) + 1), y.place(it.predicted), y.place(it.measured)])
            .collect(),
        name: None,
    });
    let mut dots: Vec<Dots> = dots.collect();
    let ends = dots.iter().map(|it| it.pairs.last().map(|&[x, predicted, _]| [x, predicted]));
    let places = names(ends.collect(), bottom);
    dots.iter_mut().zip(places).for_each(|(it, place)| it.name = place);
    let row = |letter: char, it: &Timing| {
        vec![
            say!("{}, {}", letter, it.message + 1),
            milliseconds(it.predicted),
            milliseconds(it.measured),
            signed(it.residual()),
        ]
    };
    let rows = lanes.iter().flat_map(|(letter, _, timings)| timings.iter().map(move |it| row(*letter, it)));
    let grid = Grid {
        head: [say!("Lane, message"), say!("Predicted"), say!("Measured"), say!("Residual")]
            .map(str::to_owned)
            .into(),
        rows: rows.collect(),
    };
    Chart { size, x, y, dots, grid }
}

/// `50.3 ms`
pub fn milliseconds(micros: u64) -> String {
    say!("{} ms", format!("{}.{}", micros / 1_000, micros % 1_000 / 100))
}

/// `+0.4 ms`, `−1.2 ms`, `0.0 ms`
pub fn signed(micros: i64) -> String {
    let sign = match micros / 100 {
        0 => "",
        ..0 => "−",
        1.. => "+",
    };
    format!("{sign}{}", milliseconds(micros.unsigned_abs()))
}

/// Room above the highest tick.
const TOP: f64 = 14.0;
