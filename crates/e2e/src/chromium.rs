//! What Chromium is asked through the DevTools protocol: its look, its console, its accessibility tree.

use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result, ensure};
use serde_json::json;
use thirtyfour::prelude::*;
use thirtyfour::{ChromiumLikeCapabilities, LoggingPrefsLogLevel};

use crate::browser::Look;
use crate::devtools::DevTools;
use crate::process::Program;
use crate::session::{At, Node, Own, Session, connect};
use crate::stage::setting_of;

/// Starts chromedriver, and Chromium through it.
pub(crate) async fn start(profile: &Path) -> Result<(Session, Program)> {
    let program =
        Program::start("chromedriver", Command::new(setting_of("DUPLEX_CHROMEDRIVER")?).arg("--port=0"))?;
    let port = program.wait_for("port", |line| {
        let (_, rest) = line.split_once("started successfully on port ")?;
        rest.trim_end_matches('.').parse::<u16>().ok()
    })?;
    let mut wishes = DesiredCapabilities::chrome();
    wishes.set_binary(&setting_of("DUPLEX_CHROMIUM")?.to_string_lossy())?;
    for flag in FLAGS {
        wishes.add_arg(flag)?;
    }
    wishes.add_arg(&format!("--user-data-dir={}", profile.display()))?;
    wishes.set_browser_log_level(LoggingPrefsLogLevel::All)?;
    let driver = connect(port, wishes).await?;
    let browser = Arc::new(Mutex::new(DevTools::of(profile)?));
    visitor(&driver, &browser).await?;
    Ok((Session::new(driver, Own::Chromium(browser)), program))
}

/// The only tab of a visitor who was never here, as in Firefox.
pub(crate) async fn visitor(driver: &WebDriver, browser: &Mutex<DevTools>) -> Result<()> {
    let tab = browser.lock().unwrap_or_else(PoisonError::into_inner).visitor()?;
    driver.switch_to_window(WindowHandle::from(tab)).await?;
    errors(driver).await.map(drop)
}

/// By way of emulation, since a window is never narrower than 500 pixels.
pub(crate) async fn look(driver: &WebDriver, look: Look) -> Result<()> {
    let (width, height) = look.size;
    let cdp = driver.cdp();
    let screen = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
    cdp.send_raw("Emulation.setDeviceMetricsOverride", screen).await?;
    let features = json!({"media": "", "features": [
        {"name": "prefers-color-scheme", "value": if look.dark { "dark" } else { "light" }},
        {"name": "prefers-reduced-motion", "value": if look.calm { "reduce" } else { "no-preference" }},
    ]});
    cdp.send_raw("Emulation.setEmulatedMedia", features).await?;
    Ok(())
}

pub(crate) async fn errors(driver: &WebDriver) -> Result<Vec<String>> {
    let log = driver.browser_log().await?;
    Ok(log.into_iter().filter(|line| line.level == "SEVERE").map(|line| line.message).collect())
}

pub(crate) async fn nodes(
    driver: &WebDriver,
    root: Option<&WebElement>,
    role: &str,
    name: Option<&str>,
) -> Result<Vec<Node>> {
    let cdp = driver.cdp();
    let root = match root {
        Some(element) => json!(element.cdp_backend_node_id().await?),
        None => cdp.send_raw("DOM.getDocument", json!({"depth": 0})).await?["root"]["backendNodeId"].clone(),
    };
    let query = json!({"backendNodeId": root, "role": role});
    let found = cdp.send_raw("Accessibility.queryAXTree", query).await?;
    let nodes = found["nodes"].as_array().context("the accessibility tree has no nodes")?;
    let seen = nodes.iter().filter(|node| node["ignored"] != true);
    let nodes = seen.filter_map(|node| {
        let name = node["name"]["value"].as_str().unwrap_or_default().trim().to_owned();
        Some(Node { name, at: At::Backend(node["backendDOMNodeId"].as_i64()?) })
    });
    Ok(nodes.filter(|node| name.is_none_or(|name| node.name == name)).collect())
}

pub(crate) async fn element(driver: &WebDriver, number: i64) -> Result<WebElement> {
    let cdp = driver.cdp();
    let object = cdp.send_raw("DOM.resolveNode", json!({"backendNodeId": number})).await?;
    let id = &object["object"]["objectId"];
    ensure!(id.is_string(), "it is no element");
    let keep = json!({"objectId": id, "functionDeclaration": "function () { globalThis[Symbol.for('found')] = this; }"});
    cdp.send_raw("Runtime.callFunctionOn", keep).await?;
    let found = driver.execute("return globalThis[Symbol.for('found')]", Vec::new()).await?;
    found.element().context("it is no element")
}

pub(crate) const FLAGS: [&str; 12] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    // One process less to wait for, and small /dev/shm in containers.
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    // No page here draws what a graphics card would be emulated for.
    "--disable-software-rasterizer",
    "--lang=en",
];
