//! Every lesson runs to its end in the browser: what each step tells is what the engine computes, and each
//! task is done through the page's own controls.

mod deeds;
mod knobs;
mod tools;

use anyhow::{Context, Result, ensure};
use e2e::browser::Look;
use e2e::page::{Page, becomes};
use e2e::show::play;
use e2e::stage::Setting;
use trace::lesson::taught::{CLAIMS, Place};
use trace::lesson::{self, Beat, Lesson, Scene};

#[tokio::test(flavor = "multi_thread")]
async fn every_lesson_runs_to_its_end() {
    run_each("lessons", 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn and_so_does_every_other() {
    run_each("lessons_other", 1).await;
}

/// Every second lesson, the first of them at `from`: the two halves take turns with the browser's start and its waits.
async fn run_each(name: &str, from: usize) {
    play(name, Setting::default(), Look { calm: true, ..Look::default() }, move |show| async move {
        for lesson in lesson::all().into_iter().skip(from).step_by(2) {
            show.open("view=lessons").await?;
            run(&show.page, lesson).await.with_context(|| lesson.title)?;
        }
        Ok(())
    })
    .await;
}

async fn run(page: &Page, lesson: &Lesson) -> Result<()> {
    page.press(&format!("Start: {}", lesson.title)).await?;
    for (place, beat) in lesson.beats.iter().enumerate() {
        step(page, lesson, place, beat).await.with_context(|| beat.idea)?;
        page.press(if place + 1 < lesson.beats.len() { "Next" } else { "Done" }).await?;
    }
    page.get("heading", "Lessons").await.map(drop)
}

async fn step(page: &Page, lesson: &Lesson, place: usize, beat: &Beat) -> Result<()> {
    page.get("heading", beat.idea).await?;
    let (told, at) = beat.set(|seen| (beat.says(seen), seen.at));
    let told = told.context("the beat has nothing to say of its own scene")?;
    becomes("the words", plain(&told), || words(page)).await?;
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
    ensure!(class(page).await? == "task", "what is to be done is done on entering");
    deeds::perform(page, beat, task.deed).await.with_context(|| task.say)?;
    becomes("the task", "task done".to_owned(), || class(page)).await?;
    becomes("what was learned", plain(&deeds::learned(beat, task)), || words(page)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_usual_texts_say_leads_to_what_is_so() {
    play("lesson_taught", Setting::default(), Look { calm: true, ..Look::default() }, |show| async move {
        show.open("view=lessons").await?;
        let places = CLAIMS.iter().flat_map(|claim| claim.shown);
        let region = "What the usual texts say, and where to see it";
        for (nth, place) in places.enumerate() {
            let links = show.page.get("region", region).await?.all("link").await?;
            links.get(nth).context("a link for each place")?.click().await?;
            match *place {
                Place::Compare => {
                    show.page.get("heading", "Compare").await?;
                    show.page.get("link", "Lessons").await?.click().await?;
                }
                Place::Beat(id, beat) => {
                    let beat = lesson::named(id).and_then(|it| it.beats.get(beat - 1)).context("a beat")?;
                    show.page.get("heading", beat.idea).await?;
                    show.page.press("All lessons").await?;
                }
            }
        }
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lesson_gives_back_what_it_borrowed() {
    play("lesson_borrows", Setting::default(), Look { calm: true, ..Look::default() }, |show| async move {
        let page = &show.page;
        show.open("view=workbench&tool=build&payload=Mine").await?;
        page.get("textbox", "Payload").await?;
        page.get("link", "Lessons").await?.click().await?;
        let frame = lesson::named("frame").context("a lesson on frames")?;
        page.press(&format!("Start: {}", frame.title)).await?;
        let payload =
            || async { Ok(page.get("textbox", "Payload").await?.property("value").await?.to_string()) };
        let Some(Scene::Octets(bench)) = frame.beats.first().map(|beat| beat.scene) else {
            anyhow::bail!("the lesson begins on the stage");
        };
        becomes("the lesson's payload", format!("{:?}", bench().draft.payload), payload).await?;
        page.get("link", "Workbench").await?.click().await?;
        becomes("the payload of before", "\"Mine\"".to_owned(), payload).await?;
        // Whoever explores takes the lesson's octets along, and the lesson is over.
        page.get("link", "Lessons").await?.click().await?;
        page.press(&format!("Start: {}", frame.title)).await?;
        page.press("Explore on the Workbench").await?;
        becomes("the lesson's payload", format!("{:?}", bench().draft.payload), payload).await?;
        becomes("that the lesson is over", false, || page.has("region", "Lesson")).await?;
        // The Lab is as it was before, too.
        page.get("link", "Lessons").await?.click().await?;
        let request = lesson::named("request").context("a lesson on requests")?;
        page.press(&format!("Start: {}", request.title)).await?;
        becomes("the lesson's lane", 1, || async { Ok(page.lanes().await?.len()) }).await?;
        page.get("link", "Lab").await?.click().await?;
        becomes("the lanes", 2, || async { Ok(page.lanes().await?.len()) }).await
    })
    .await;
}

async fn words(page: &Page) -> Result<String> {
    let told = page.js("return document.querySelector('.tell')?.textContent ?? ''").await?;
    Ok(told.as_str().unwrap_or_default().to_owned())
}

async fn class(page: &Page) -> Result<String> {
    let class = page.js("return document.querySelector('.task')?.className ?? ''").await?;
    Ok(class.as_str().unwrap_or_default().to_owned())
}

/// Words as they stand on the page, where code has no back quotes.
fn plain(text: &str) -> String {
    text.replace('`', "")
}
