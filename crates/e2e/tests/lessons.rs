//! Every lesson runs to its end in the browser, and what each step tells is what the engine computes.

use anyhow::{Context, Result, ensure};
use e2e::browser::Look;
use e2e::page::{Page, becomes, eventually};
use e2e::show::play;
use e2e::stage::Setting;
use trace::lesson::{self, Beat, Deed, Lesson, Shown};
use trace::sim::simulate;

#[tokio::test(flavor = "multi_thread")]
async fn every_lesson_runs_to_its_end() {
    for lesson in lesson::all() {
        let name = format!("lesson_{}", lesson.id);
        play(&name, Setting::default(), Look { calm: true, ..Look::default() }, move |show| async move {
            show.open("view=lessons").await?;
            show.page.press(&format!("Start: {}", lesson.title)).await?;
            for (place, beat) in lesson.beats.iter().enumerate() {
                step(&show.page, lesson, place, beat).await.with_context(|| beat.idea)?;
                show.page.press(if place + 1 < lesson.beats.len() { "Next" } else { "Done" }).await?;
            }
            show.page.get("heading", "Lessons").await.map(drop)
        })
        .await;
    }
}

async fn step(page: &Page, lesson: &Lesson, place: usize, beat: &Beat) -> Result<()> {
    page.get("heading", beat.idea).await?;
    let (told, at) = beat.set(|seen| (beat.says(seen), seen.at));
    let told = told.context("the beat has nothing to say of its own scene")?.replace('`', "");
    becomes("the words", told, || words(page)).await?;
    becomes("the link", format!("view=lessons&lesson={}&beat={}", lesson.id, place + 1), || page.fragment())
        .await?;
    if beat.scene.run().is_some() {
        becomes("the time", (at + 500) / 1_000, || page.moment()).await?;
    }
    if let Some(field) = beat.field {
        let lit = || async {
            let script =
                "return document.querySelector('.fields [aria-pressed=true] b')?.textContent ?? null";
            page.js(script).await
        };
        becomes("the lit field", serde_json::json!(field), lit).await?;
    }
    let Some(task) = &beat.task else { return Ok(()) };
    let before = page.js("return document.querySelector('.task').className").await?;
    ensure!(before == "task", "what is to be done is done on entering");
    if let Deed::Field(name) = task.deed {
        page.get("region", "Octets").await?.get_like("button", name).await?.click().await?;
        eventually("the task to be done", || async {
            Ok((page.js("return document.querySelector('.task').className").await? == "task done")
                .then_some(()))
        })
        .await?;
    }
    Ok(())
}

async fn words(page: &Page) -> Result<String> {
    let told = page.js("return document.querySelector('.tell')?.textContent ?? ''").await?;
    Ok(told.as_str().unwrap_or_default().to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_task_is_done_by_doing_it() {
    play("lesson_task", Setting::default(), Look::default(), |show| async move {
        let lesson = lesson::named("request").context("the first lesson")?;
        let place = lesson
            .beats
            .iter()
            .position(|beat| matches!(&beat.task, Some(it) if matches!(it.deed, Deed::Set(_))));
        let place = place.context("a step that asks for a knob")?;
        show.open(&format!("view=lessons&lesson=request&beat={}", place + 1)).await?;
        let page = &show.page;
        page.open_knobs().await?;
        page.fill("spinbutton", "Messages", "6").await?;
        eventually("the task to be done", || async {
            Ok((page.js("return document.querySelector('.task').className").await? == "task done")
                .then_some(()))
        })
        .await?;
        let own = lesson.beats[place].set(|seen| seen.scenario.clone());
        let trace = simulate(&trace::scenario::Scenario { messages: 6, ..own });
        let task = lesson.beats[place].task.as_ref().context("a task")?;
        let learned = task.learned.told(Shown::Run(&trace)).replace('`', "");
        becomes("what was learned", learned, || words(page)).await?;
        // The Lab is as it was before.
        page.get("link", "Lab").await?.click().await?;
        becomes("the lanes", 2, || async { Ok(page.lanes().await?.len()) }).await
    })
    .await;
}
