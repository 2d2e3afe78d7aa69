//! What a lesson asks for on the stage can be done with the page's own controls, by the words of its task.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use e2e::browser::Look;
use e2e::page::{Page, becomes, eventually, within};
use e2e::show::play;
use e2e::stage::Setting;
use trace::caption;
use trace::lesson::pick::Pick;
use trace::lesson::{self, Beat, Deed, Lesson, Seen, Shown};
use trace::scenario::Speaker;
use trace::sim::simulate;

#[tokio::test(flavor = "multi_thread")]
async fn every_task_on_the_stage_is_done_by_doing_it() {
    for lesson in lesson::all() {
        let name = format!("lesson_tasks_{}", lesson.id);
        play(&name, Setting::default(), Look { calm: true, ..Look::default() }, move |show| async move {
            for (place, beat) in lesson.beats.iter().enumerate() {
                let Some(task) = &beat.task else { continue };
                if beat.scene.run().is_none() {
                    continue;
                }
                // A page of its own: what was changed for one task is not there for the next.
                show.open("view=lab").await?;
                show.open(&format!("view=lessons&lesson={}&beat={}", lesson.id, place + 1)).await?;
                show.page.get("heading", beat.idea).await?;
                done(&show.page, lesson, beat, task.deed, task.say).await.with_context(|| beat.idea)?;
            }
            Ok(())
        })
        .await;
    }
}

async fn done(page: &Page, lesson: &Lesson, beat: &Beat, deed: Deed, say: &str) -> Result<()> {
    ensure!(state(page).await? == "task", "{}: done before it was begun", lesson.id);
    match deed {
        Deed::Watch => page.press("Play").await?,
        Deed::Field(name) => {
            page.get("region", "Octets").await?.get_like("button", name).await?.click().await?
        }
        Deed::Select(pick) => select(page, beat, pick).await?,
        Deed::Set(_) => set(page, say).await?,
        Deed::Speak(Speaker::Server) => page.press("Server speaks now").await?,
        Deed::Speak(Speaker::You) => {
            page.fill("textbox", "Your message", "Thanks!").await?;
            page.press("Send").await?;
        }
        Deed::Change(_) | Deed::Make { .. } => {}
    }
    // A run that is watched to its end takes the player's fifteen seconds.
    within(Duration::from_secs(60), "the task to be done", || async {
        Ok((state(page).await? == "task done").then_some(()))
    })
    .await?;
    if let (Deed::Set(_) | Deed::Select(_) | Deed::Field(_) | Deed::Watch, Some(task)) = (deed, &beat.task) {
        let mut scenario = beat.set(|seen| seen.scenario.clone());
        if let Deed::Set(change) = deed {
            change(&mut scenario);
        }
        let learned = task.learned.told(Shown::Run(&simulate(&scenario))).replace('`', "");
        becomes("what was learned", learned, || words(page)).await?;
    }
    Ok(())
}

/// Does what the task says, word by word: "Guess, then set Messages to 6."
async fn set(page: &Page, say: &str) -> Result<()> {
    let said = say.replace("Set ", "set ");
    let (_, told) = said.rsplit_once("set ").context("no control is named")?;
    let (control, value) = told.split_once(" to ").context("no value is named")?;
    page.open_knobs().await?;
    let value = value.trim_end_matches('.');
    if page.has("spinbutton", control).await? {
        let number = value.split(' ').next().unwrap_or_default();
        page.fill("spinbutton", control, number).await
    } else {
        page.choose(control, value).await
    }
}

/// Selects an event in the table that says in words what the lane draws.
async fn select(page: &Page, beat: &Beat, pick: Pick) -> Result<()> {
    let row = |seen: &Seen| {
        let title = caption::title(pick.event(seen.trace)?);
        let before = &seen.trace.events()[..pick.place(seen.trace)?];
        let own = before.iter().filter(|it| usize::from(it.key.lane) == pick.lane);
        Some((title.clone(), own.filter(|it| caption::title(it) == title).count()))
    };
    let (title, nth) = beat.set(row).context("no such event")?;
    let letter = char::from(b'A' + u8::try_from(pick.lane)?);
    let lane = page.lane(letter).await?;
    if !lane.has("table", "Events").await? {
        lane.get_like("DisclosureTriangle", "Events (").await?.click().await?;
    }
    let table = lane.get("table", "Events").await?;
    let row = eventually("the event's row", || async {
        let rows = table.all("button").await?;
        Ok(rows.into_iter().filter(|it| it.words().ends_with(&format!("“{title}”"))).nth(nth))
    })
    .await?;
    row.click().await
}

async fn state(page: &Page) -> Result<String> {
    let state = page.js("return document.querySelector('.task')?.className ?? ''").await?;
    Ok(state.as_str().unwrap_or_default().to_owned())
}

async fn words(page: &Page) -> Result<String> {
    let told = page.js("return document.querySelector('.tell')?.textContent ?? ''").await?;
    Ok(told.as_str().unwrap_or_default().to_owned())
}
