//! Public echo servers and their habits, played by a second companion at another origin: a greeting,
//! a JSON wrapping, no Timing-Allow-Origin, a cut. There is no tap: octets are reconstructed, and
//! what nobody can know stays `??`.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use e2e::browser::Look;
use e2e::lab::EventRow;
use e2e::page::Page;
use e2e::show::play;
use e2e::stage::{Setting, Stage};

#[tokio::test(flavor = "multi_thread")]
async fn a_greeting_and_a_wrapping_pass() {
    play("public_habits", Setting::default(), Look::default(), |show| async move {
        let options = ["--behave", "greet,wrap,no-tao"].map(str::to_owned).to_vec();
        let elsewhere = Stage::start(Setting { options, ..Setting::default() }).await?;
        let page = &show.page;
        show.open("scenario=echo&messages=5").await?;
        choose_pair(page, &elsewhere).await?;
        let problem = page.run_live(Duration::from_secs(30)).await?;
        ensure!(problem.is_none(), "the page says: {problem:?}");
        page.to_end().await?;
        let ledger = page.ledger().await?;
        for row in &ledger {
            ensure!(row.delivered >= 5, "{} of five echoes came back on {}", row.delivered, row.lane);
        }
        let socket = page.events('B').await?;
        let (sent, received) = (frames(&socket, "you → server"), frames(&socket, "server → you"));
        ensure!(
            sent.len() == 5 && received.len() == 5,
            "{} text frames sent, {} received",
            sent.len(),
            received.len()
        );
        ensure!(
            received.iter().all(|frame| frame.what.contains("echo ")),
            "the greeting is taken for an echo: {received:#?}"
        );
        let text = page.lane('B').await?.text().await?;
        for word in ["reconstructed", "measured"] {
            ensure!(text.contains(word), "lane B does not say that its numbers are {word}: {text:?}");
        }
        masked_octets_stay_unknown(page, sent[0]).await?;
        plain_octets_are_rebuilt(page, received[0]).await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cut_is_told_and_what_came_before_stays() {
    let setting = Setting { failures: true, ..Setting::default() };
    play("public_cut", setting, Look::default(), |show| async move {
        let options = ["--behave", "cut=0.9"].map(str::to_owned).to_vec();
        // Far enough away that ten echoes take longer than the server allows.
        let delay = Duration::from_millis(75);
        let elsewhere = Stage::start(Setting { options, relay: true, delay, ..Setting::default() }).await?;
        let page = &show.page;
        show.open("scenario=echo&messages=10").await?;
        choose_pair(page, &elsewhere).await?;
        let problem =
            page.run_live(Duration::from_secs(60)).await?.context("the page says nothing of the cut")?;
        for part in ["Lane B", "ended the connection after", "without a Close frame", "stays"] {
            ensure!(problem.contains(part), "the page does not say {part:?}: {problem}");
        }
        page.to_end().await?;
        let ledger = page.ledger().await?;
        ensure!(ledger[0].delivered >= 10, "HTTP is not cut, but has {:?}", ledger[0]);
        let socket = page.events('B').await?;
        let (sent, received) = (frames(&socket, "you → server"), frames(&socket, "server → you"));
        ensure!(
            (1..10).contains(&received.len()) && sent.len() > received.len() - 1,
            "of ten, {} were sent and {} came back before the cut",
            sent.len(),
            received.len()
        );
        masked_octets_stay_unknown(page, sent[0]).await
    })
    .await;
}

async fn choose_pair(page: &Page, elsewhere: &Stage) -> Result<()> {
    page.choose("Server", "Two URLs of your own").await?;
    page.fill("textbox", "HTTP URL", &format!("http://{}/anything", elsewhere.host())).await?;
    page.fill("textbox", "WebSocket URL", &format!("ws://{}/websocket/echo", elsewhere.host())).await
}

fn frames<'a>(events: &'a [EventRow], direction: &str) -> Vec<&'a EventRow> {
    events.iter().filter(|it| it.direction == direction && it.what.starts_with("Text frame")).collect()
}

/// A frame that the page sent: two octets of header are known, the masking key and all that it masks
/// are not.
async fn masked_octets_stay_unknown(page: &Page, frame: &EventRow) -> Result<()> {
    let octets = octets_of(page, frame).await?;
    let (known, unknown) = octets.split_at_checked(2).context("a frame of less than two octets")?;
    let length = format!("{:02x}", 0x80 | (octets.len() - 6));
    ensure!(known == ["81".to_owned(), length], "the frame's header is shown as {known:?}");
    ensure!(
        unknown.len() >= 4 && unknown.iter().all(|octet| octet == "??"),
        "the masking key and the masked payload are shown as {unknown:?}"
    );
    Ok(())
}

/// A frame that the server sent: nothing of it is secret.
async fn plain_octets_are_rebuilt(page: &Page, frame: &EventRow) -> Result<()> {
    let octets = octets_of(page, frame).await?;
    ensure!(
        octets.len() > 2 && !octets.iter().any(|octet| octet == "??"),
        "the frame is shown as {octets:?}"
    );
    ensure!(octets[2..7] == ["65", "63", "68", "6f", "20"], "its payload begins {:?}", &octets[2..7]);
    Ok(())
}

async fn octets_of(page: &Page, frame: &EventRow) -> Result<Vec<String>> {
    let row = page.lane('B').await?.all("button").await?;
    let mut row = row.into_iter().filter(|it| it.words().contains(&frame.what));
    row.next().with_context(|| format!("no row {:?}", frame.what))?.click().await?;
    let drawer = page.get("region", "Octets").await?;
    drawer.get("heading", &frame.what).await?;
    let rows = drawer.get("table", "Octets in hexadecimal and as text").await?.rows().await?;
    let hex = rows.iter().skip(1).filter_map(|row| row.get(1));
    let octets: Vec<String> = hex.flat_map(|line| line.split_whitespace()).map(str::to_owned).collect();
    ensure!(octets.len() as u64 == frame.octets, "{} octets are shown of {}", octets.len(), frame.octets);
    Ok(octets)
}
