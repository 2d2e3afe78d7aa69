//! The fault lab: what the script learned beside what the wire carried, and why the script may not know
//! more; what is expected of both below it.

use std::rc::Rc;
use tongue::say;

use trace::caption;
use trace::predict::chart::milliseconds;
use trace::trial::{Engine, Expectation, Trial};
use yew::prelude::*;

use super::inspector::Inspector;
use super::same::Same;
use super::{Act, svg, ui};
use crate::state::{Action, FaultAction, Faults};

/// What the lab needs.
pub struct Props<'a> {
    /// Its side of the store.
    pub faults: &'a Faults,
    /// The browser in which this is shown.
    pub engine: Engine,
    /// The field that is explained.
    pub field: Option<usize>,
    /// Tries the chosen fault.
    pub run: Callback<()>,
    /// Stops that.
    pub stop: Callback<()>,
    /// Where actions go.
    pub act: Act,
    /// Copies a text.
    pub copy: Callback<String>,
}

/// The lab, closed until somebody opens it.
pub fn view(props: &Props) -> Html {
    let faults = props.faults;
    let Some(row) = faults.rows.get(faults.chosen) else { return Html::default() };
    let act = props.act.reform(Action::Fault);
    let names = faults.rows.iter().enumerate();
    let choices =
        names.map(|(n, row)| ui::choice(&n.to_string(), say(row.name), n == faults.chosen)).collect();
    let choose = act.reform(|text: String| FaultAction::Choose(text.parse().unwrap_or_default()));
    let (run, stop) = (props.run.reform(|_: MouseEvent| ()), props.stop.reform(|_: MouseEvent| ()));
    let status = status(faults, row, props.engine);
    html! {
        <details class="panel faults">
            <summary>{say("Fault lab: what a script is not told")}</summary>
            { ui::hint(say("The companion opens a port on which one thing goes wrong. This page’s own script tries it, for real; the companion’s tap says what the wire carried meanwhile.")) }
            <div class="row">
                { ui::select(say("Fault"), choices, choose) }
                if faults.running {
                    { ui::button("wide", say("Stop this fault"), stop) }
                } else {
                    { ui::button("wide", say("Run this fault"), run) }
                }
            </div>
            <p class="status" role="status">{ status }</p>
            if let Some(problem) = &faults.problem {
                <p class="problem" role="alert">{ ui::coded(&problem.said()) }</p>
            }
            { ui::scroll(say("Fault lab, scrollable"), table(props, row, &act)) }
            { octets(props, &act) }
        </details>
    }
}

fn status(faults: &Faults, row: &Expectation, engine: Engine) -> String {
    match &faults.trial {
        None if faults.running => say("Trying it.").to_owned(),
        None => say("Not tried yet. Guess first: what will the script be told?").to_owned(),
        Some(trial) => {
            let alike =
                |found: &[String], told: &[&str]| found.iter().map(String::as_str).eq(told.iter().copied());
            let script = alike(&trial.learned(), row.script.by(engine));
            let wire = alike(&trial.on_the_wire(), row.wire.by(engine));
            match (script, wire) {
                (true, true) => say("It came as expected.").to_owned(),
                (true, false) => say!("The wire carried otherwise than measured in {}.", engine.name()),
                (false, true) => say!("The script learned otherwise than measured in {}.", engine.name()),
                (false, false) => {
                    say!("Script and wire went otherwise than measured in {}.", engine.name())
                }
            }
        }
    }
}

fn table(props: &Props, row: &Expectation, act: &Callback<FaultAction>) -> Html {
    let (trial, engine) = (&props.faults.trial, props.engine);
    let expected = |lines: &[&str]| match lines {
        [] => svg::words("td", "", say("No connection, and not one octet.")),
        lines => html! { <td><ul>{ for lines.iter().map(|line| svg::words("li", "", say(line))) }</ul></td> },
    };
    let source = &row.source;
    let link = ui::outward(source.url.to_owned(), source.name.to_owned());
    html! {
        <table aria-label={say("Fault lab")}>
            { ui::head(&["", say("What the script learned"), say("What the wire carried"), say("Why it may not know more")]) }
            <tbody>
                <tr>
                    <th scope="row">{say("Really")}</th>
                    if let Some(trial) = trial {
                        { really(trial, props.faults.shown, act) }
                    } else {
                        <td>{"–"}</td><td>{"–"}</td><td>{"–"}</td>
                    }
                </tr>
                <tr>
                    <th scope="row">{ say!("Expected in {}", engine.name()) }</th>
                    { expected(row.script.by(engine)) }
                    { expected(row.wire.by(engine)) }
                    <td>
                        { svg::words("b", "", row.doctor.by(engine).name()) }
                        <p>{ ui::coded(say(row.why)) }{" ("}{ link }{")"}</p>
                    </td>
                </tr>
            </tbody>
        </table>
    }
}

fn really(trial: &Rc<Trial>, shown: Option<usize>, act: &Callback<FaultAction>) -> Html {
    let when = |at: u64| svg::words("span", "hint", &format!(" {}", milliseconds(at)));
    let learned = trial
        .sights
        .iter()
        .map(|(at, sight)| html! { <li>{ svg::words("span", "", &sight.line()) }{ when(*at) }</li> });
    let carried = trial.carried.iter().enumerate().map(|(place, carried)| {
        let onclick = act.reform(move |_: MouseEvent| FaultAction::Show(place));
        let current = (shown == Some(place)).then_some("true");
        html! {
            <li class={(!carried.counts).then_some("pool")}>
                if carried.unit.is_some() {
                    <button type="button" class="unit" aria-current={current} {onclick}>{ carried.told() }</button>
                } else {
                    { svg::words("span", "", &carried.told()) }
                }
                { when(carried.at) }
            </li>
        }
    });
    let diagnosis = &trial.diagnosis;
    html! {
        <>
            <td><ul>{ for learned }</ul></td>
            if trial.carried.is_empty() {
                <td>{say("No connection, and not one octet.")}</td>
            } else {
                <td><ul>{ for carried }</ul></td>
            }
            <td>
                { svg::words("b", "", diagnosis.cause.name()) }
                <p>{ ui::coded(&diagnosis.told()) }</p>
            </td>
        </>
    }
}

/// The octets of one line, taken apart.
fn octets(props: &Props, act: &Callback<FaultAction>) -> Html {
    let Some((trial, line)) = props.faults.trial.as_ref().zip(props.faults.shown) else {
        return Html::default();
    };
    let Some((dissection, shown)) = trial.carried.get(line).and_then(|it| it.unit.clone()) else {
        return Html::default();
    };
    let title = dissection.exhibits.get(shown).map(|exhibit| exhibit.title()).unwrap_or_default();
    let size = dissection.exhibits.get(shown).map_or(0, |exhibit| exhibit.unit.wire_octets());
    let show = {
        let trial = Rc::clone(trial);
        let own = Rc::clone(&dissection);
        let act = act.clone();
        Callback::from(move |place: usize| {
            let is = |(other, unit): &(Rc<_>, usize)| Rc::ptr_eq(other, &own) && *unit == place;
            if let Some(line) = trial.carried.iter().position(|it| it.unit.as_ref().is_some_and(is)) {
                act.emit(FaultAction::Show(line));
            }
        })
    };
    html! {
        <section class="octets open" aria-label={say("Octets of the fault")}>
            { svg::words("h3", "", &format!("{title}, {}", caption::octets(size))) }
            <Inspector dissection={Same::of(&dissection)} {shown} field={props.field} copy={props.copy.clone()}
                act={props.act.clone()} {show} copy_link={None::<Callback<()>>} />
        </section>
    }
}
