//! What a lesson asks for, done as a visitor does it.

use anyhow::{Context, Result};
use e2e::page::{Page, Place};
use trace::caption;
use trace::lesson::pick::Pick;
use trace::lesson::{Beat, Deed, Scene, Shown, Task};
use trace::scenario::{Scenario, Speaker, Utterance};
use trace::sim::simulate;
use trace::workbench::{Bench, Desk};

use super::{knobs, tools};

/// Does it.
pub(super) async fn perform(page: &Page, beat: &Beat, deed: Deed) -> Result<()> {
    match (deed, beat.scene) {
        (Deed::Watch, _) => page.to_end().await,
        (Deed::Field(name), _) => {
            page.get("region", "Octets").await?.get_like("button", name).await?.click().await?;
            // What the pointer is over is explained: away with it, so that nothing moves any more.
            page.point_nowhere().await
        }
        (Deed::Select(pick), Scene::Run(run)) => select(page, pick, &(run.scenario)()).await,
        (Deed::Set(_), Scene::Run(run)) => knobs::turn(page, &(run.scenario)(), &asked(beat)).await,
        (Deed::Speak(Speaker::Server), _) => page.press("Server speaks now").await,
        (Deed::Speak(Speaker::You), _) => {
            page.fill("textbox", "Your message", YOURS).await?;
            page.press("Send").await
        }
        (Deed::Change(_) | Deed::Make { .. }, Scene::Octets(bench)) => {
            tools::make(page, &bench(), &made(beat)).await
        }
        other => anyhow::bail!("nobody can do {other:?}"),
    }
}

/// What the page must tell once it is done.
pub(super) fn learned(beat: &Beat, task: &Task) -> String {
    match beat.scene {
        Scene::Run(_) => task.learned.told(Shown::Run(&simulate(&asked(beat)))),
        Scene::Octets(_) => task.learned.told(Shown::Octets(&Desk::of(made(beat)))),
    }
}

/// The scenario that the task leads to.
fn asked(beat: &Beat) -> Scenario {
    let (mut scenario, at) = beat.set(|seen| (seen.scenario.clone(), seen.at));
    match beat.task.as_ref().map(|task| task.deed) {
        Some(Deed::Set(change)) => change(&mut scenario),
        Some(Deed::Speak(from)) => {
            let text = if from == Speaker::You { YOURS } else { BENS };
            // Nobody speaks after the last one has left.
            let at = at.min(scenario.leaves_at());
            scenario.added.push(Utterance { at, from, text: text.to_owned() });
        }
        _ => {}
    }
    scenario
}

/// What lies on the workbench after the task.
fn made(beat: &Beat) -> Bench {
    let mut bench = beat.set(|seen| seen.desk.bench.clone());
    if let Some(Deed::Change(change) | Deed::Make { such_as: change, .. }) =
        beat.task.as_ref().map(|task| task.deed)
    {
        change(&mut bench);
    }
    bench
}

/// Selects an event in its lane's table.
async fn select(page: &Page, pick: Pick, scenario: &Scenario) -> Result<()> {
    let trace = simulate(scenario);
    let place = pick.place(&trace).context("an event")?;
    let title = caption::title(&trace.events()[place]);
    let same = trace.events()[..place]
        .iter()
        .filter(|event| usize::from(event.key.lane) == pick.lane && caption::title(event) == title);
    let letter = char::from(b'A' + u8::try_from(pick.lane)?);
    let lane = page.lane(letter).await?;
    lane.get_like("DisclosureTriangle", "Events (").await?.click().await?;
    let buttons: Vec<Place> = lane.get("table", "Events").await?.all("button").await?;
    let mut own = buttons.iter().filter(|button| button.words() == format!("the button “{title}”"));
    own.nth(same.count()).context("a row on the table's first page")?.click().await
}

const YOURS: &str = "Are you there?";

/// What “Server speaks now” says.
const BENS: &str = "News!";
