use tongue::say;
use trace::compare::chart::{Chart, Curve, Size, chart};
use trace::compare::filler;
use trace::compare::sweep::{Knob, Measure, sweep};
use trace::scenario::{Scenario, Transport};
use yew::prelude::*;

use super::frame::{frame, grid};
use crate::views::same::Same;
use crate::views::{svg, ui};

/// What the chart needs.
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// What is compared.
    pub(super) scenario: Same<Scenario>,
    /// Whether there is little room.
    pub(super) compact: bool,
}

/// One knob turned from end to end, beside its table.
#[component]
pub(super) fn Curves(props: &Props) -> Html {
    let knob = use_state(|| Knob::Messages);
    let measure = use_state(|| Measure::OnConnections);
    let series =
        use_memo((props.scenario.clone(), *knob), |(scenario, knob)| sweep(scenario, *knob, knob.usual()));
    let size = if props.compact { Size::PHONE } else { Size::WIDE };
    let chart = chart(&series, *measure, size);
    let compresses = props.scenario.lanes.contains(&Transport::Deflate);
    let text = filler(props.scenario.workload).filter(|_| compresses);
    let knobs = Knob::ALL.map(|it| ui::choice(it.name(), it.name(), it == *knob));
    let measures = Measure::ALL.map(|it| ui::choice(it.name(), it.name(), it == *measure));
    let turn = {
        let knob = knob.setter();
        Callback::from(move |name: String| {
            knob.set(Knob::ALL.into_iter().find(|it| it.name() == name).unwrap_or(Knob::Messages));
        })
    };
    let read = {
        let measure = measure.setter();
        Callback::from(move |name: String| {
            measure.set(Measure::ALL.into_iter().find(|it| it.name() == name).unwrap_or(Measure::All));
        })
    };
    html! {
        <section class="panel" aria-label={say("One knob turned")}>
            { svg::words("h2", "", say("One knob turned, everything else held")) }
            { ui::hint(&say!("What is run: “{}”, on the lanes of the Lab.", props.scenario.workload.name())) }
            { for text.iter().map(|text| ui::hint(text)) }
            <div class="row">
                { ui::select(say("Turn"), knobs.into_iter().collect(), turn) }
                { ui::select(say("Read off"), measures.into_iter().collect(), read) }
            </div>
            <div class="beside-table">
                { picture(&chart, props.compact) }
                { ui::scroll(say("The same as a table, scrollable"), grid(&chart.grid, say("The chart as a table"))) }
            </div>
        </section>
    }
}

fn picture(chart: &Chart, compact: bool) -> Html {
    let shapes = chart.curves.iter().flat_map(|curve| line(curve, !compact)).collect();
    let summary = say!(
        "{} against {}, a line for each transport; the table beside says the same.",
        chart.y.title,
        chart.x.title
    );
    html! {
        <figure>
            { frame(&chart.x, &chart.y, chart.size, &summary, shapes) }
            if compact {
                <ul class="legend">
                    for curve in &chart.curves {
                        <li class={format!("curve-{}", curve.transport.id())}>{ curve.transport.name() }</li>
                    }
                </ul>
            }
        </figure>
    }
}

/// A lane's line with a mark at each value: a shape of its own, for colour alone tells nobody.
fn line(curve: &Curve, named: bool) -> Vec<Html> {
    let class = format!("curve-{}", curve.transport.id());
    let keys = &["class", "points"];
    let mut shapes = vec![svg::element("polyline", keys, vec![class.clone(), curve.attribute()], Vec::new())];
    shapes.extend(curve.points.iter().map(|&[x, y]| svg::rect(&class, x - 2.5, y - 2.5, 5.0, 5.0)));
    if let (Some([x, y]), true) = (curve.name, named) {
        shapes.push(svg::text(&class, (x, y + 4.0), "start", curve.transport.name()));
    }
    shapes
}
