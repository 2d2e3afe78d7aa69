//! A class: presenting by keys alone, the window with the notes, handouts, and plans.

use anyhow::{Context, Result, ensure};
use e2e::browser::Look;
use e2e::page::{Page, becomes, eventually};
use e2e::show::play;
use e2e::stage::Setting;
use thirtyfour::Key;
use trace::fragment::Page as Part;
use trace::lesson::plan::{self, Stop};
use trace::lesson::telling::Telling;
use trace::lesson::{self, Lesson};

/// As large as a projector's picture, and nothing in motion.
const PROJECTOR: Look = Look { size: (1920, 1080), dark: false, calm: true };

#[tokio::test(flavor = "multi_thread")]
async fn a_lesson_is_presented_by_keys_alone() {
    play("present_keys", Setting::default(), PROJECTOR, |show| async move {
        let lesson = lesson::named("who-first").context("a lesson")?;
        show.open("view=lessons&lesson=who-first&present").await?;
        let page = &show.page;
        let onward =
            [char::from(Key::PageDown).to_string(), " ".to_owned(), char::from(Key::Right).to_string()];
        for (place, beat) in lesson.beats.iter().enumerate() {
            slide(page, lesson, place).await?;
            let told = beat.set(|seen| beat.says(seen)).context("words")?.replace('`', "");
            becomes("the words", true, || async {
                Ok(page.names_or_texts("paragraph").await?.contains(&told))
            })
            .await?;
            page.type_keys(onward[place % onward.len()].as_str()).await?;
        }
        let last = lesson.beats.len() - 1;
        slide(page, lesson, last).await?;
        page.type_keys(Key::PageUp + "").await?;
        slide(page, lesson, last - 1).await?;
        page.type_keys(Key::Left + "").await?;
        slide(page, lesson, last - 2).await?;
        for (off, on) in [(".", "."), ("b", "b"), (".", "\u{e00f}")] {
            page.type_keys(off).await?;
            page.get("button", "Show the picture again").await?;
            ensure!(page.names("heading").await?.is_empty(), "the screen is not blank");
            page.type_keys(on).await?;
            slide(page, lesson, last - 2).await?;
        }
        // The lanes fit: nobody scrolls on a projector.
        let scrolls = "return document.documentElement.scrollHeight > innerHeight";
        ensure!(page.js(scrolls).await? == false, "the slide does not fit");
        page.type_keys(Key::Escape + "").await?;
        becomes("the link", format!("view=lessons&lesson=who-first&beat={}", last - 1), || page.fragment())
            .await?;
        page.get("navigation", "Views").await.map(drop)
    })
    .await;
}

/// The slide of a beat, and nothing of the rest of the page.
async fn slide(page: &Page, lesson: &Lesson, place: usize) -> Result<()> {
    page.get("heading", lesson.beats[place].idea).await?;
    let link = format!("view=lessons&lesson={}&beat={}&present", lesson.id, place + 1);
    becomes("the link", link, || page.fragment()).await?;
    ensure!(!page.has("navigation", "Views").await?, "the page's own bar is on the slide");
    Ok(())
}

/// By buttons, which are there as well: whoever has neither clicker nor keyboard finds a way in and out.
#[tokio::test(flavor = "multi_thread")]
async fn buttons_lead_in_and_out() {
    let look = Look { calm: true, ..Look::default() };
    play("present_buttons", Setting::default(), look, |show| async move {
        let lesson = lesson::named("cost").context("a lesson")?;
        show.open("view=lessons&lesson=cost&beat=2").await?;
        let page = &show.page;
        page.press("Help and what this model leaves out").await?;
        page.get("checkbox", "Single keys control the player").await?.click().await?;
        page.type_keys(Key::Escape + "").await?;
        page.press("Present to a class").await?;
        slide(page, lesson, 1).await?;
        // Single keys are off: a dot does nothing, a key with a name of its own still does.
        page.blur().await?;
        page.type_keys(".").await?;
        page.type_keys(Key::PageDown + "").await?;
        slide(page, lesson, 2).await?;
        page.press("Back").await?;
        slide(page, lesson, 1).await?;
        page.press("Blank the screen").await?;
        page.press("Show the picture again").await?;
        slide(page, lesson, 1).await?;
        page.press("Leave").await?;
        page.get("navigation", "Views").await.map(drop)
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_notes_follow_and_drive() {
    play("speaker_notes", Setting::default(), PROJECTOR, |show| async move {
        let lesson = lesson::named("life").context("a lesson")?;
        show.open("view=lessons&lesson=life&beat=2&present=forty").await?;
        let page = &show.page;
        page.get("heading", lesson.beats[1].idea).await?;
        page.get("link", "Speaker notes").await?.click().await?;
        page.other_window().await?;
        noted(page, lesson, 1).await?;
        let step = plan::named("forty").and_then(|plan| {
            plan.stops().find(|(_, stop)| stop.beat().is_some_and(|(it, n, _)| (it.id, n) == ("life", 1)))
        });
        let expected = step.context("a step of the plan")?.0.expected();
        becomes("what is expected", true, || async {
            Ok(page.names_or_texts("definition").await?.contains(&expected))
        })
        .await?;
        page.press("Next").await?;
        noted(page, lesson, 2).await?;
        page.other_window().await?;
        page.get("heading", lesson.beats[2].idea).await?;
        page.type_keys(Key::PageDown + "").await?;
        page.get("heading", lesson.beats[3].idea).await?;
        page.other_window().await?;
        noted(page, lesson, 3).await?;
        page.type_keys(Key::PageUp + "").await?;
        noted(page, lesson, 2).await?;
        page.press("Blank the screen").await?;
        page.get("button", "Show the picture again").await?;
        page.other_window().await?;
        page.get("button", "Show the picture again").await?;
        page.type_keys(Key::Escape + "").await?;
        page.get("navigation", "Views").await?;
        page.other_window().await?;
        // Nobody presents any more: the notes can be turned alone.
        eventually("the notes to say so", || async {
            let text = page.js("return document.querySelector('main').textContent").await?;
            Ok(text.as_str().is_some_and(|text| text.contains("No other window presents")).then_some(()))
        })
        .await?;
        page.press("Next").await?;
        page.get("heading", lesson.beats[3].idea).await.map(drop)
    })
    .await;
}

/// A slide that waits for the class says nothing but the question, until the next press; both windows know.
#[tokio::test(flavor = "multi_thread")]
async fn a_class_guesses_first() {
    play("present_guess", Setting::default(), PROJECTOR, |show| async move {
        let (lesson, plan) = (lesson::named("hang-up"), plan::named("ten"));
        let beat = &lesson.context("a lesson")?.beats[2];
        let told = beat.set(|seen| beat.says(seen)).context("words")?;
        let mut stops = plan.context("a plan")?.stops();
        let (step, _) =
            stops.find(|(_, stop)| matches!(stop, Stop::Guess("hang-up", _))).context("a guess")?;
        show.open("lesson=hang-up&beat=2&present=ten").await?;
        let page = &show.page;
        page.get("link", "Speaker notes").await?.click().await?;
        page.type_keys(Key::PageDown + "").await?;
        page.get("heading", beat.idea).await?;
        ensure!(page.names_or_texts("paragraph").await?.contains(&step.ask.to_owned()), "nothing is asked");
        ensure!(!page.names_or_texts("paragraph").await?.contains(&told), "the slide tells too early");
        page.other_window().await?;
        let region = page.get("region", "What comes next").await?;
        becomes("that it will tell", true, || async {
            Ok(region.text().await?.contains("on the same slide"))
        })
        .await?;
        page.press("Next").await?;
        becomes("that it has told", false, || async {
            Ok(region.text().await?.contains("on the same slide"))
        })
        .await?;
        page.other_window().await?;
        page.get("heading", beat.idea).await?;
        becomes("the words", true, || async {
            Ok(page.names_or_texts("paragraph").await?.contains(&told.replace('`', "")))
        })
        .await
    })
    .await;
}

/// The notes of a beat, what comes next, and that the window knows another one.
async fn noted(page: &Page, lesson: &Lesson, place: usize) -> Result<()> {
    let beat = &lesson.beats[place];
    page.get("heading", beat.idea).await?;
    let told =
        || async { Ok(page.names_or_texts("paragraph").await?.contains(&beat.notes.replace('`', ""))) };
    becomes("the notes", true, told).await?;
    if let Some(next) = lesson.beats.get(place + 1) {
        let region = page.get("region", "What comes next").await?;
        becomes("what comes next", true, || async { Ok(region.text().await?.contains(next.idea)) }).await?;
    }
    page.get("timer", "Elapsed").await?;
    let status = page.js("return document.querySelector('main').textContent").await?;
    ensure!(
        status.as_str().is_some_and(|it| it.contains("follows the one")),
        "the window is alone: {status}"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_handout_has_every_beat() {
    play("handouts", Setting::default(), Look { dark: true, ..Look::default() }, |show| async move {
        show.open("teach").await?;
        let page = &show.page;
        for lesson in lesson::all() {
            page.get("link", &format!("Handout: {}", lesson.title)).await?.click().await?;
            page.get("heading", lesson.title).await?;
            for beat in lesson.beats {
                page.get("heading", beat.idea).await?;
            }
            page.get("button", "Print").await?;
            let paper = "const css = getComputedStyle(document.querySelector('.sheet')); \
                return css.color + ' on ' + css.backgroundColor";
            let colours = page.js(paper).await?;
            ensure!(colours == "rgb(29, 28, 33) on rgb(255, 255, 255)", "paper is {colours}");
            page.get("link", "For teachers").await?.click().await?;
            page.get("heading", "For teachers").await?;
        }
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_plans_links_open_what_they_name() {
    play("plans", Setting::default(), PROJECTOR, |show| async move {
        show.open("view=lessons").await?;
        let page = &show.page;
        page.get("link", "For teachers").await?.click().await?;
        for plan in plan::all() {
            for (_, stop) in plan.stops() {
                let region = page.get("region", plan.title).await?;
                region.get("link", name(stop)).await?.click().await?;
                let telling = Telling::Presented(Some(plan.id));
                let link = trace::fragment::Link { telling, ..stop.link() }.write();
                becomes("the link", link, || page.fragment()).await?;
                if let Some((_, _, beat)) = stop.beat() {
                    page.get("heading", beat.idea).await?;
                }
                page.press("Leave").await?;
                becomes("the clicker to be gone", false, || page.has("button", "Blank the screen")).await?;
                page.js("location.hash = 'teach'").await?;
            }
        }
        page.get("link", "Present: Ten minutes").await?.click().await?;
        page.get("heading", "Ben has news").await.map(drop)
    })
    .await;
}

/// At the chooser a clicker turns the slide even where a select has the focus, and a blank screen keeps
/// what was answered and found.
#[tokio::test(flavor = "multi_thread")]
async fn the_chooser_is_presented() {
    play("present_chooser", Setting::default(), PROJECTOR, |show| async move {
        let here = "view=compare&present=forty";
        show.open(here).await?;
        let page = &show.page;
        page.choose("How often?", "Steadily: once a second").await?;
        page.press("Run it on every transport").await?;
        page.get("table", "The ranking").await?;
        let chosen = || async {
            page.js("const all = [...document.querySelectorAll('.questions select')]; all[1].focus(); \
                     return all.map(it => it.selectedIndex).join()")
                .await
        };
        ensure!(chosen().await? == "2,2,0,0,0");
        page.type_keys(".").await?;
        page.get("button", "Show the picture again").await?;
        page.type_keys(".").await?;
        page.get("table", "The ranking").await?;
        ensure!(chosen().await? == "2,2,0,0,0");
        page.type_keys(Key::PageUp + "").await?;
        becomes("the slide to be left", false, || async { Ok(page.fragment().await? == here) }).await?;
        page.type_keys(Key::PageDown + "").await?;
        becomes("the link", here.to_owned(), || page.fragment()).await?;
        ensure!(chosen().await? == "2,2,0,0,0");
        Ok(())
    })
    .await;
}

fn name(stop: Stop) -> &'static str {
    match (stop.beat(), stop.link().page) {
        (Some((_, _, beat)), _) => beat.idea,
        (None, Part::Compare) => "The comparison and the chooser",
        (None, Part::Join) => "The address for the class",
        (None, _) => "The Lab",
    }
}
