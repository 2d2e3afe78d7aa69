//! Predict, then witness: what the first exchange foretold, and how it came out.

use tongue::say;
use trace::caption;
use trace::compare::chart::Size;
use trace::predict::Fit;
use trace::predict::chart::{Chart, chart, milliseconds, signed};
use trace::predict::count::Count;
use trace::predict::times::{Timing, residuals};
use wire::Request;
use yew::prelude::*;

use super::compare::{frame, grid};
use super::lane::letter;
use super::{svg, ui};
use crate::state::Live;

/// What the section needs.
pub struct Props<'a> {
    /// The live side of the store.
    pub live: &'a Live,
    /// Whether there is little room.
    pub compact: bool,
}

/// What was fitted, what was foretold from it, and how far that was right.
pub fn view(props: &Props) -> Html {
    let Some(last) = props.live.recordings.last() else { return html! {} };
    let Some(prediction) = &last.predicted else { return html! {} };
    let outcomes = &last.outcomes;
    let known = last.trace.lanes().iter().zip(outcomes).enumerate();
    let timed: Vec<_> =
        known.map(|(lane, (known, it))| (letter(lane), known.transport, it.times.as_slice())).collect();
    let size = if props.compact { Size::PHONE } else { Size::WIDE };
    let chart = chart(&timed, size);
    let sentences = outcomes.iter().enumerate().map(|(lane, outcome)| {
        let fit = prediction.fits.get(lane).and_then(Option::as_ref);
        let told = [fitted(fit), octets(&outcome.count, last.tapped), residual(&outcome.times)];
        html! { <li><b>{ say!("Lane {}: ", letter(lane)) }</b>{ told.concat() }</li> }
    });
    let seal: String = prediction.seal.chars().take(SHOWN).collect();
    html! {
        <section class="panel" aria-label={say("Predicted, then witnessed")}>
            { svg::words("h2", "", say("Predicted, then witnessed")) }
            { ui::hint(say("The first exchange of each lane tells two things: the heads that this browser sends, and how far away the server is. From these the simulator foretells all the rest, and the prediction is sealed before anything else is looked at.")) }
            <p>{say("Seal of the prediction (SHA-1): ")}<code title={prediction.seal.clone()}>{ seal }{ "…" }</code></p>
            <ul class="plain">{ for sentences }</ul>
            if !chart.grid.rows.is_empty() {
                { ui::hint(say("Lines are what was foretold, squares what was measured.")) }
                <div class="beside-table">
                    { picture(&chart) }
                    { ui::scroll(say("Predicted and measured times, scrollable"), grid(&chart.grid, say("Predicted and measured times"))) }
                </div>
            }
        </section>
    }
}

fn fitted(fit: Option<&Fit>) -> String {
    let Some(fit) = fit else {
        return say("its first exchange was not seen whole, so nothing was fitted. ").to_owned();
    };
    let size = |head: &Request| head.encode().map_or(0, |octets| octets.len() as u64);
    let sizes: Vec<String> = fit.heads.iter().map(|head| caption::octets(size(head))).collect();
    say!(
        "the first exchange took {}, which fits a round trip of {}; its heads have {}. ",
        milliseconds(fit.took),
        milliseconds(fit.round_trip),
        sizes.join(say(" and "))
    )
}

fn octets(count: &Count, tapped: bool) -> String {
    if !tapped {
        return say("Nobody witnessed the wire, so no octets can be compared. ").to_owned();
    }
    if count.is_exact() {
        let crossed = caption::plural(count.units as u64, "unit");
        let (octets, [seen, foretold]) = (caption::octets(count.octets), count.connections);
        let spread = match seen == foretold {
            true => String::new(),
            false => {
                say!("The browser used {} connections for them, where {} would have done. ", seen, foretold)
            }
        };
        return say!(
            "Behind it {} with {} crossed the wire: exactly those foretold. {}",
            crossed,
            octets,
            spread
        );
    }
    let size =
        |size: Option<usize>| size.map_or_else(|| say("none").to_owned(), |it| caption::octets(it as u64));
    let told =
        count.differing.iter().take(MOST_TOLD).map(|it| {
            say!("{} ({} on the wire, {} foretold)", it.what, size(it.witnessed), size(it.predicted))
        });
    let more = count.differing.len().saturating_sub(MOST_TOLD);
    let more = if more > 0 { say!(" and {} more", more) } else { String::new() };
    say!("Otherwise than foretold: {}{}. ", told.collect::<Vec<_>>().join("; "), more)
}

fn residual(timings: &[Timing]) -> String {
    match residuals(timings) {
        Some((middle, most)) => {
            say!("Measured less predicted: {} in the middle, {} at most.", signed(middle), signed(most))
        }
        None => say("No message came after it.").to_owned(),
    }
}

/// Lines are what was foretold, squares what was measured.
fn picture(chart: &Chart) -> Html {
    let mut shapes = Vec::new();
    for dots in &chart.dots {
        let class = format!("curve-{}", dots.transport.id());
        let points: Vec<String> = dots
            .pairs
            .iter()
            .map(|[x, predicted, _]| [*x, *predicted].map(trace::decimal::tenth).join(","))
            .collect();
        let keys = &["class", "points"];
        shapes.push(svg::element("polyline", keys, vec![class.clone(), points.join(" ")], Vec::new()));
        for &[x, predicted, measured] in &dots.pairs {
            shapes.push(svg::line(&class, (x, predicted), (x, measured)));
            shapes.push(svg::rect(&class, x - 2.5, measured - 2.5, 5.0, 5.0));
        }
    }
    let named = |shapes: &mut Vec<Html>| {
        for dots in &chart.dots {
            if let Some([x, y]) = dots.name {
                let class = format!("curve-{}", dots.transport.id());
                let name = format!("{}: {}", dots.letter, dots.transport.name());
                shapes.push(svg::text(&class, (x, y + 4.0), "start", &name));
            }
        }
    };
    if chart.size.names > BESIDE * 2.0 {
        named(&mut shapes);
    }
    let summary = say("Predicted times as lines, measured ones as squares; the table beside says the same.");
    html! { <figure>{ frame(&chart.x, &chart.y, chart.size, summary, shapes) }</figure> }
}

/// Characters of the seal that are shown.
const SHOWN: usize = 12;

/// From a line's end to its name.
const BESIDE: f64 = 8.0;

/// Differences that are told one by one.
const MOST_TOLD: usize = 3;
