//! Joining: the address for a class to type, where there is one.

use anyhow::ensure;
use e2e::browser::Look;
use e2e::show::play;
use e2e::stage::Setting;

/// As large as a projector's picture, and nothing in motion.
const PROJECTOR: Look = Look { size: (1920, 1080), dark: false, calm: true };

#[tokio::test(flavor = "multi_thread")]
async fn nobody_can_join_this_computer() {
    play("join_alone", Setting::default(), Look::default(), |show| async move {
        show.open("join").await?;
        show.page.get("heading", "Nobody else can open this page yet").await?;
        let said = show.page.js("return document.querySelector('main').textContent").await?;
        ensure!(said.as_str().is_some_and(|said| said.contains("cargo xtask serve --lan")), "{said}");
        Ok(())
    })
    .await;
}

/// On a machine with a network: the address that the companion knows, and its code.
#[tokio::test(flavor = "multi_thread")]
async fn a_class_can_join_over_the_network() {
    let setting = Setting { options: vec!["--lan".to_owned()], ..Setting::default() };
    play("join", setting, PROJECTOR, |show| async move {
        let index = show.stage.lock().await.get("/").await?;
        let index = String::from_utf8_lossy(&index).into_owned();
        let tag = index.split_once("<meta name=\"duplex-reachable\" content=\"").map(|it| it.1);
        let Some(first) = tag.and_then(|tag| tag.split(['"', ' ']).next()).map(str::to_owned) else {
            eprintln!("This computer is on no network: nothing to join.");
            return Ok(());
        };
        show.open("join").await?;
        let page = &show.page;
        page.get("heading", "Type this address, or point a camera at the code").await?;
        let typed = first.trim_start_matches("http://").trim_end_matches('/');
        let shown = page.js("return document.querySelector('.join-address').textContent").await?;
        ensure!(shown == typed, "{shown} is shown, not {typed}");
        let code = page.js("return document.querySelector('svg.qr').getAttribute('aria-label')").await?;
        ensure!(code == format!("QR code of {first}"), "{code}");
        Ok(())
    })
    .await;
}
