//! The chat, live: what Ben says unasked arrives by WebSocket within the link's delay, by HTTP at the
//! next poll, and in the order that the simulator predicts.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use e2e::browser::Look;
use e2e::lab::EventRow;
use e2e::page::Page;
use e2e::show::play;
use e2e::stage::Setting;
use trace::event::Kind;
use trace::scenario::{Scenario, Speaker};
use trace::trace::Trace;

#[tokio::test(flavor = "multi_thread")]
async fn unasked_messages_arrive_as_predicted() {
    let setting = Setting { relay: true, ..Setting::default() };
    play("live_chat", setting, Look::default(), |show| async move {
        let page = &show.page;
        show.open("").await?;
        let problem = page.run_live(Duration::from_secs(30)).await?;
        ensure!(problem.is_none(), "the page says: {problem:?}");
        let scenario = Scenario::default();
        let predicted = trace::sim::simulate(&scenario);
        let error = clock_error(page).await?;
        let (http, socket) = (page.events('A').await?, page.events('B').await?);
        for (events, lane) in [(&http, 0), (&socket, 1)] {
            let seen: Vec<&str> =
                events.iter().map(|it| it.what.as_str()).filter(|it| it.contains(" got “")).collect();
            let expected = deliveries(&predicted, lane);
            ensure!(seen == expected, "lane {lane} heard {seen:#?}, predicted was {expected:#?}");
        }
        let delay = scenario.network.round_trip / 2_000;
        let news: Vec<_> =
            scenario.script().into_iter().filter(|line| line.from == Speaker::Server).collect();
        for line in &news {
            let text = &line.text;
            let (said, got) = passage(&socket, text)?;
            // The two ends are read from two clocks, each rounded to a millisecond.
            let (least, most) = (delay.saturating_sub(error + 1), delay + SLACK);
            let took = got.saturating_sub(said);
            ensure!(
                (least..=most).contains(&took),
                "by WebSocket “{text}” took {took} ms, and not {least} to {most}"
            );
            at_the_next_poll(&http, text, delay, error)?;
        }
        // Each lane has a zero of its own: what the others took must not stretch its picture.
        page.to_end().await?;
        let (end, usual) = (page.moment().await?, predicted.end() / 1_000);
        ensure!(end < usual + 1_000, "the picture ends at {end} ms, and the conversation about {usual}");
        Ok(())
    })
    .await;
}

/// Whether the answer that brought `text` is that to the first question that reached the server after
/// it was said.
fn at_the_next_poll(events: &[EventRow], text: &str, delay: u64, error: u64) -> Result<()> {
    let (said, got) = passage(events, text)?;
    let quote = format!("“{text}”");
    let brought =
        events.iter().position(|it| it.what.starts_with("Response 200") && it.what.contains(&quote));
    let brought = brought.with_context(|| format!("no answer brings {quote}"))?;
    let polls: Vec<&EventRow> =
        events[..brought].iter().filter(|it| it.what.starts_with("Request GET /news")).collect();
    let arrived = |poll: &EventRow| poll.received.with_context(|| format!("nobody saw {} arrive", poll.what));
    let (last, earlier) = polls.split_last().with_context(|| format!("{quote} came unasked"))?;
    let asked = arrived(last)?;
    ensure!(asked + 1 >= said, "{quote} was said at {said} and brought by the question that came at {asked}");
    if let Some(before) = earlier.last() {
        let before = arrived(before)?;
        ensure!(before <= said + 1, "{quote} was said at {said} and passed over at {before}");
    }
    let (least, most) = (asked + delay.saturating_sub(error + 1), asked + delay + SLACK);
    ensure!(
        (least..=most).contains(&got),
        "{quote} was asked for at {asked} and heard at {got}, not {least} to {most}"
    );
    Ok(())
}

/// When Ben said it and when you had it, in milliseconds.
fn passage(events: &[EventRow], text: &str) -> Result<(u64, u64)> {
    let find = |what: String| {
        let found = events.iter().find(|event| event.what == what);
        let time = found.and_then(|event| event.received.or(event.sent));
        time.with_context(|| {
            format!("no {what:?} among {:#?}", events.iter().map(|it| &it.what).collect::<Vec<_>>())
        })
    };
    Ok((find(format!("Ben said “{text}”"))?, find(format!("You got “{text}”"))?))
}

fn deliveries(trace: &Trace, lane: usize) -> Vec<String> {
    let heard = trace.lane(lane).filter(|event| event.kind == Kind::Delivered);
    heard.map(|event| trace::caption::title(event)).collect()
}

/// How far the two clocks may be apart, in milliseconds, as the page says.
async fn clock_error(page: &Page) -> Result<u64> {
    let words = page.get("region", "Live runs").await?.text().await?;
    let (_, after) = words
        .split_once('±')
        .with_context(|| format!("the page does not tell the clocks' error: {words}"))?;
    let error = after.split(' ').next().and_then(|error| error.parse::<f64>().ok());
    let error = error.with_context(|| format!("the clocks' error is {after:?}"))?;
    ensure!(error < 20.0, "on one computer the clocks are said to be {error} ms apart");
    Ok(error.ceil() as u64 + 1)
}

/// What browser, timers and a busy computer may add, in milliseconds.
const SLACK: u64 = 120;
