//! Something that is no companion, or talks nonsense: the page says so and what to do, and goes on
//! simulating.

use std::time::Duration;

use anyhow::{Result, ensure};
use e2e::browser::Look;
use e2e::show::play;
use e2e::stage::Setting;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_companion_is_told_from_one() {
    check("stranger", "<!doctype html><title>Somebody else</title>", "is not a Duplex companion").await;
    check("stranger_json", r#"{"duplex":"teapot","version":"1"}"#, "is not a Duplex companion").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_companion_that_talks_nonsense_is_told() {
    check("nonsense", r#"{"duplex":"companion","version":"0.1.0"}"#, "cannot be read").await;
}

/// A server that answers everything with `answer`, used as a companion, makes the page say `expect`.
async fn check(name: &str, answer: &'static str, expect: &'static str) {
    let setting = Setting { failures: true, ..Setting::default() };
    play(name, setting, Look::default(), move |show| async move {
        let port = parrot(answer).await?;
        let page = &show.page;
        show.open("").await?;
        page.choose("Server", "A companion elsewhere").await?;
        page.fill("textbox", "Address of the companion", &format!("http://127.0.0.1:{port}")).await?;
        let problem = page.run_live(Duration::from_secs(60)).await?.unwrap_or_default();
        ensure!(problem.contains(expect), "the page says {problem:?} and not that it {expect}");
        page.press("Play").await?;
        page.to_end().await?;
        ensure!(page.lanes().await?.len() == 2, "the simulation is gone");
        Ok(())
    })
    .await;
}

/// Starts the server; answers its port.
async fn parrot(answer: &'static str) -> Result<u16> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let port = listener.local_addr()?.port();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut request = [0; 4_096];
                while stream.read(&mut request).await.is_ok_and(|read| read > 0) {
                    let head = format!(
                        "HTTP/1.1 200 OK\r\naccess-control-allow-origin: *\r\ncontent-length: {}\r\n\r\n",
                        answer.len()
                    );
                    let sent = stream.write_all(format!("{head}{answer}").as_bytes()).await;
                    if sent.is_err() {
                        break;
                    }
                }
            });
        }
    });
    Ok(port)
}
