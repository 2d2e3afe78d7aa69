//! Every card runs to its end in the browser, every kind of question is answered, and what was done is kept.

use anyhow::{Context, Result, ensure};
use e2e::browser::Look;
use e2e::page::{Page, becomes, eventually};
use e2e::show::play;
use e2e::stage::Setting;
use thirtyfour::prelude::*;
use trace::caption;
use trace::card::{self, Card};
use trace::lesson::{Scene, Seen};
use trace::question::{Kind, Proof, Question};
use trace::scenario::Scenario;
use trace::sim::simulate;
use trace::workbench::{Bench, Desk};

const CALM: Look = Look { size: (1440, 900), dark: false, calm: true };

/// Predicted rightly and wrongly in turn, one card after the other.
#[tokio::test(flavor = "multi_thread")]
async fn every_card_runs_to_its_end() {
    play("cards", Setting::default(), CALM, |show| async move {
        show.open("view=cards").await?;
        let page = &show.page;
        let first = card::all().next().context("a card")?;
        page.press(&format!("Predict: {}", plain(first.claim))).await?;
        for (place, card) in card::all().enumerate() {
            predict(page, card, place.is_multiple_of(2)).await.with_context(|| card.id)?;
            // By the keyboard: the panel is sticky, and a pointer may miss it while the page scrolls.
            page.get("button", "Next card").await?.focus().await?;
            page.type_keys(Key::Enter + "").await?;
        }
        page.press("All cards").await?;
        page.get("heading", "Is that so?").await?;
        becomes("the progress", (30, 15), || async {
            let told = text(page, ".score-panel").await?;
            let numbers = told.split("30 of 30 predicted, ").nth(1).and_then(|it| it.split(' ').next());
            Ok((30, numbers.and_then(|it| it.parse::<usize>().ok()).unwrap_or_default()))
        })
        .await
    })
    .await;
}

async fn predict(page: &Page, card: &Card, rightly: bool) -> Result<()> {
    page.get("heading", &format!("“{}”", plain(card.claim))).await?;
    becomes("the link", format!("card={}", card.id), || page.fragment()).await?;
    ensure!(page.lanes().await?.is_empty(), "the lanes are on show before the prediction");
    let scene = card.scene().context("its beat is gone")?;
    let (scenario, bench) = match scene {
        Scene::Run(run) => ((run.scenario)(), Bench::default()),
        Scene::Octets(bench) => (Scenario::default(), bench()),
    };
    let (trace, desk) = (simulate(&scenario), Desk::of(bench));
    let at = scene.run().map_or(0, |run| run.moment.at(&trace));
    let seen = Seen { scenario: &scenario, trace: &trace, at, selected: None, desk: &desk, field: None };
    let right = card.truth(scene.shown(&seen)).context("nothing is settled")?;
    let answer = if rightly { right } else { (right + 1) % card.answers.len() };
    page.press(&plain(card.answers[answer])).await?;
    let says = card.says(&seen).context("no verdict")?;
    becomes("the verdict", plain(&says), || text(page, ".tell")).await?;
    let expect = if rightly { "You predicted it." } else { "It is otherwise than you predicted." };
    becomes("the outcome", expect.to_owned(), || text(page, ".verdict")).await?;
    becomes("what is marked", plain(card.answers[right]), || text(page, ".choice.right span:nth-child(2)"))
        .await?;
    match scene {
        Scene::Run(_) => becomes("the time", (at + 500) / 1_000, || page.moment()).await?,
        Scene::Octets(_) => page.get("region", desk.bench.tool.name()).await.map(drop)?,
    }
    if let Some(field) = card.field() {
        let lit = || text(page, ".fields [aria-pressed=true] b");
        becomes("the lit field", field.to_owned(), lit).await?;
    }
    Ok(())
}

/// A wrong answer brings the run or the octets at once, a right one when it is asked for.
#[tokio::test(flavor = "multi_thread")]
async fn every_kind_of_question_is_graded() {
    play("questions", Setting::default(), CALM, |show| async move {
        let page = &show.page;
        for (place, kind) in Kind::ALL.into_iter().enumerate() {
            show.open("view=questions").await?;
            page.press(&format!("Ask me: {}", plain(kind.topic().title))).await?;
            // Nothing of this kind was answered before.
            let question = Question::new(kind, Question::next_seed(0));
            asked(page, &question).await?;
            page.press(&plain(&question.answers[question.right()].written())).await?;
            becomes("the outcome", "Right.".to_owned(), || text(page, ".verdict")).await?;
            let show = match question.proof {
                Proof::Run { .. } => "Show me the run",
                Proof::Octets(_) => "Show me the octets",
            };
            page.press(show).await?;
            proven(page, &question).await.with_context(|| format!("{kind:?}, right"))?;
            page.press("Next question").await?;
            let question = Question::new(kind, Question::next_seed(question.seed));
            asked(page, &question).await?;
            let wrong = (question.right() + 1) % question.answers.len();
            page.press(&plain(&question.answers[wrong].written())).await?;
            becomes("the outcome", "Not so. Look:".to_owned(), || text(page, ".verdict")).await?;
            proven(page, &question).await.with_context(|| format!("{kind:?}, wrong"))?;
            page.press("All questions").await?;
            let told = format!("{} answered, {} of them right", 2 * (place + 1), place + 1);
            page.get("region", "Your progress").await?;
            becomes("the score", true, || async { Ok(text(page, ".score-panel").await?.contains(&told)) })
                .await?;
        }
        Ok(())
    })
    .await;
}

async fn asked(page: &Page, question: &Question) -> Result<()> {
    page.get("heading", &plain(&question.ask.told())).await?;
    becomes("the link", format!("question={}.{}", question.kind.id(), question.seed), || page.fragment())
        .await?;
    ensure!(page.lanes().await?.is_empty(), "the run is on show before the answer");
    Ok(())
}

/// The stage at its moment with the event selected, or the octets, and the reason in words.
async fn proven(page: &Page, question: &Question) -> Result<()> {
    becomes("the reason", plain(&question.because.told()), || text(page, ".tell")).await?;
    match &question.proof {
        Proof::Run { scenario, at, selected } => {
            becomes("the time", (at + 500) / 1_000, || page.moment()).await?;
            let trace = simulate(scenario);
            let event = &trace.events()[selected.context("an event")?];
            page.get("region", "Octets").await?.get("heading", &caption::title(event)).await.map(drop)
        }
        Proof::Octets(bench) => page.get("region", bench.tool.name()).await.map(drop),
    }
}

/// It survives a reload, goes into a file and comes back from it, and can be forgotten.
#[tokio::test(flavor = "multi_thread")]
async fn progress_is_kept() {
    play("progress", Setting::default(), CALM, |show| async move {
        let page = &show.page;
        show.open("card=faster").await?;
        page.press("As long").await?;
        becomes("the outcome", "You predicted it.".to_owned(), || text(page, ".verdict")).await?;
        show.open("view=lessons").await?;
        page.press(&format!("Start: {}", trace::lesson::all()[0].title)).await?;
        page.press("Next").await?;
        page.press("All lessons").await?;
        let before = score(page).await?;
        ensure!(before.contains("1 of 30 predicted, 1 of them right"), "{before}");
        page.reload().await?;
        becomes("the progress after a reload", before.clone(), || score(page)).await?;
        let saved = saved(page).await?;
        ensure!(saved.starts_with("duplex progress 1\n") && saved.contains("card faster 2 right"), "{saved}");

        page.press("Reset progress").await?;
        page.press("Keep it").await?;
        becomes("the progress, kept", before.clone(), || score(page)).await?;
        page.press("Reset progress").await?;
        page.press("Forget it all").await?;
        eventually("an empty progress", || async {
            Ok(score(page).await?.contains("0 of 30 predicted").then_some(()))
        })
        .await?;
        page.reload().await?;
        ensure!(score(page).await?.contains("0 of 30 predicted"), "it came back by itself");

        let file = std::env::temp_dir().join(format!("duplex-progress-{}.txt", std::process::id()));
        std::fs::write(&file, "Dear diary")?;
        import(page, &file).await?;
        eventually("a word about the wrong file", || async {
            Ok(page.names_or_texts("status").await?.join(" ").contains("no progress of Duplex").then_some(()))
        })
        .await?;
        page.press("Dismiss").await?;
        std::fs::write(&file, &saved)?;
        import(page, &file).await?;
        becomes("the progress, imported", before, || score(page)).await?;
        std::fs::remove_file(&file)?;

        page.js("localStorage.setItem('duplex-progress', 'Dear diary')").await?;
        page.reload().await?;
        let notices = page.names_or_texts("status").await?.join(" ");
        ensure!(notices.contains("this browser had kept"), "nothing is said of garbage: {notices}");
        ensure!(score(page).await?.contains("0 of 30 predicted"), "garbage counts for something");
        Ok(())
    })
    .await;
}

/// What the panel says of the progress.
async fn score(page: &Page) -> Result<String> {
    page.get("region", "Your progress").await?;
    text(page, ".scores").await
}

/// What the page offers as a file.
async fn saved(page: &Page) -> Result<String> {
    page.js(
        "const make = URL.createObjectURL; \
         URL.createObjectURL = blob => { blob.text().then(text => window.offered = text); return make.call(URL, blob); }",
    )
    .await?;
    page.press("Export progress").await?;
    eventually("the file", || async {
        Ok(page.js("return window.offered ?? null").await?.as_str().map(str::to_owned))
    })
    .await
}

async fn import(page: &Page, file: &std::path::Path) -> Result<()> {
    let input = page.get_like("button", "Import progress").await?;
    input.element()?.send_keys(file.to_string_lossy().into_owned()).await?;
    Ok(())
}

/// The text of the first element that fits.
async fn text(page: &Page, selector: &str) -> Result<String> {
    let script = "return document.querySelector(arguments[0])?.textContent ?? ''";
    let told = page.js_with(script, vec![selector.into()]).await?;
    Ok(told.as_str().unwrap_or_default().to_owned())
}

/// As it is read: without the back quotes that mark code.
fn plain(text: &str) -> String {
    text.replace('`', "")
}
