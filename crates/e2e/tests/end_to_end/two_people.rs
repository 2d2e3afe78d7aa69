//! Two people at one page, over two transports at once: what either says arrives on both, in each one's time;
//! a connection that is cut comes back with what was missed, and so does one whose companion died.

use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use e2e::browser::Look;
use e2e::page::{Page, Place, eventually, within};
use e2e::show::play;
use e2e::stage::Setting;

#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_arrives_in_each_transports_time() {
    play("two_people", Setting::default(), Look::default(), |show| async move {
        let page = &show.page;
        // Half a second each way; who must ask does so every five.
        show.open("rtt=1000&poll=5000").await?;
        begin(page, "HTTP/1.1, short polling", "WebSocket").await?;
        say(page, "You say", "Hi Ben").await?;
        for lane in ['A', 'B'] {
            let took = arrives(page, lane, "Ben", "Hi Ben").await?;
            ensure!(took >= 500, "“Hi Ben” crossed half a round trip of 500 ms in {took} ms on lane {lane}");
        }
        // Once lane A has been answered, its next question is nearly five seconds away.
        say(page, "Ben says", "Hello").await?;
        arrives(page, 'A', "You", "Hello").await?;
        say(page, "Ben says", "It is snowing").await?;
        let pushed = arrives(page, 'B', "You", "It is snowing").await?;
        let seen = panel(page, 'A', "You").await?.text().await?;
        ensure!(!seen.contains("snowing"), "who has to ask already knows: {seen}");
        let asked = arrives(page, 'A', "You", "It is snowing").await?;
        ensure!(pushed >= 500, "a push crossed half a round trip of 500 ms in {pushed} ms");
        ensure!(asked > pushed, "asked for after {asked} ms, pushed after {pushed} ms");
        status(page, &format!("“It is snowing” reached you on lane A after {}", figure(asked))).await?;

        page.press("End the chat").await?;
        status(page, "Witnessed on the wire: HTTP/1.1, short polling, ").await?;
        let said = page.get("button", "Begin the chat").await;
        said.map(drop)
    })
    .await;
}

/// All that is drawn is drawn anew then; the chat is not a drawing.
#[tokio::test(flavor = "multi_thread")]
async fn another_language_is_no_reason_to_hang_up() {
    play("two_people_translated", Setting::default(), Look::default(), |show| async move {
        let page = &show.page;
        show.open("").await?;
        begin(page, "HTTP/1.1, persistent", "WebSocket").await?;
        page.choose("Language", "简体中文").await?;
        eventually("the chat in Chinese", || async {
            Ok(page.has("button", "结束聊天").await?.then_some(()))
        })
        .await?;
        page.choose("语言", "English").await?;
        eventually("the chat in English", || async {
            Ok(page.has("button", "End the chat").await?.then_some(()))
        })
        .await?;
        say(page, "Ben says", "Still here").await?;
        for lane in ['A', 'B'] {
            arrives(page, lane, "You", "Still here").await?;
        }
        page.press("End the chat").await?;
        page.get("button", "Begin the chat").await.map(drop)
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_is_cut_comes_back_with_what_was_missed() {
    let setting = Setting { failures: true, ..Setting::default() };
    play("two_people_cut", setting, Look::default(), |show| async move {
        let page = &show.page;
        show.open("").await?;
        begin(page, "Server-Sent Events", "WebSocket").await?;
        // Firefox tells a script that a stream is open only when something comes on it.
        say(page, "Ben says", "Hello").await?;
        arrives(page, 'A', "You", "Hello").await?;
        link(page, 'A', "connected; the stream of events is open").await?;
        page.press("Cut lane B").await?;
        say(page, "Ben says", "Still here").await?;
        link(page, 'B', "connected again").await?;
        let past = lane(page, 'B').await?.text().await?;
        for part in ["lost: without a Close frame (the script sees code 1006) → waiting ", " (attempt 1; "]
        {
            ensure!(past.contains(part), "lane B does not say {part:?}: {past}");
        }
        arrives(page, 'B', "You", "Still here").await?;
        // The browser opens a stream again by itself, and asks for what it has missed.
        page.press("Cut lane A").await?;
        say(page, "Ben says", "And now?").await?;
        arrives(page, 'A', "You", "And now?").await?;
        let past = lane(page, 'A').await?.text().await?;
        ensure!(past.contains("EventSource connects again by itself"), "{past}");
        page.press("End the chat").await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_companion_that_comes_back_is_found_again() {
    let setting = Setting { failures: true, ..Setting::default() };
    play("two_people_revived", setting, Look::default(), |show| async move {
        let page = &show.page;
        show.open("").await?;
        begin(page, "HTTP/1.1, persistent", "WebSocket").await?;
        say(page, "Ben says", "Before").await?;
        for lane in ['A', 'B'] {
            arrives(page, lane, "You", "Before").await?;
        }
        show.stage.lock().await.kill();
        link(page, 'B', "waiting ").await?;
        page.press("Stop trying lane B").await?;
        link(page, 'B', "no longer trying").await?;
        say(page, "You say", "Anybody there?").await?;

        show.stage.lock().await.revive()?;
        page.press("Try lane B now").await?;
        link(page, 'B', "connected again").await?;
        // The other lane comes by itself; what was said meanwhile was kept here.
        for lane in ['A', 'B'] {
            arrives(page, lane, "Ben", "Anybody there?").await?;
        }
        link(page, 'A', "answered again").await?;
        say(page, "Ben says", "After").await?;
        for lane in ['A', 'B'] {
            arrives(page, lane, "You", "After").await?;
        }
        page.press("End the chat").await?;
        status(page, "Witnessed on the wire").await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_companion_it_says_what_to_do() {
    play("two_people_nobody", Setting::default(), Look::default(), |show| async move {
        let page = &show.page;
        show.open("").await?;
        live(page).await?;
        page.choose("Server", "httpbingo.org").await?;
        live(page).await?;
        let words = page.get("region", "Try it yourselves").await?.text().await?;
        ensure!(words.contains("start one with cargo xtask serve"), "{words}");
        ensure!(!page.has("button", "Begin the chat").await?, "there is a chat without a companion");
        Ok(())
    })
    .await;
}

/// Shows the live side, as one who uses the keyboard does.
async fn live(page: &Page) -> Result<()> {
    let radio = page.get("radiogroup", "Source").await?.get("radio", "Live").await?;
    radio.focus().await?;
    page.type_keys(" ").await?;
    page.get("region", "Try it yourselves").await.map(drop)
}

async fn begin(page: &Page, first: &str, second: &str) -> Result<()> {
    live(page).await?;
    page.choose("Chat lane A", first).await?;
    page.choose("Chat lane B", second).await?;
    page.press("Begin the chat").await?;
    link(page, 'B', "connected").await
}

/// Writes in one of the two fields and sends it with Enter.
async fn say(page: &Page, field: &str, text: &str) -> Result<()> {
    let field = page.get("textbox", field).await?;
    field.focus().await?;
    page.type_keys(text).await?;
    page.type_keys(thirtyfour::Key::Enter + "").await
}

async fn lane(page: &Page, lane: char) -> Result<Place> {
    page.get_like("region", &format!("Chat lane {lane}: ")).await
}

async fn panel(page: &Page, lane: char, whose: &str) -> Result<Place> {
    page.get("log", &format!("{whose}, lane {lane}")).await
}

/// Waits until `text` is in somebody's panel; answers after how many milliseconds it came, as the page says.
async fn arrives(page: &Page, lane: char, whose: &str, text: &str) -> Result<u64> {
    let what = format!("“{text}” to reach {whose} on lane {lane}");
    within(PATIENCE, &what, || async {
        let seen = panel(page, lane, whose).await?.text().await?;
        let Some((_, after)) = seen.split_once(text) else { return Ok(None) };
        let Some(figure) = after.trim_start().split(" ms, measured").next() else { bail!("{seen}") };
        Ok(Some(figure.replace(',', "").parse().with_context(|| format!("no delay in {seen:?}"))?))
    })
    .await
}

/// Waits until the connection of a lane is said to be so.
async fn link(page: &Page, letter: char, words: &str) -> Result<()> {
    let what = format!("lane {letter} to be “{words}”");
    let start = format!("Connection: {words}");
    within(PATIENCE, &what, || async {
        Ok(lane(page, letter).await?.text().await?.contains(&start).then_some(()))
    })
    .await
}

async fn status(page: &Page, part: &str) -> Result<()> {
    eventually(&format!("the status to say “{part}”"), || async {
        Ok(page.names_or_texts("status").await?.iter().any(|text| text.contains(part)).then_some(()))
    })
    .await
}

/// As the page writes it.
fn figure(milliseconds: u64) -> String {
    trace::chat::milliseconds(milliseconds * 1_000)
}

/// Longer than the waits before the first attempts to connect again, and than a browser takes to open a stream
/// again by itself.
const PATIENCE: Duration = Duration::from_secs(40);
