//! What Firefox is asked through WebDriver BiDi (its viewport, its console), and with scripts that have
//! its own rights (its accessibility tree, what the system asks for).

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use anyhow::{Context as _, Result, ensure};
use http::Method;
use serde_json::{Value, json};
use thirtyfour::common::capabilities::firefox::FirefoxPreferences;
use thirtyfour::common::command::FormatRequestData;
use thirtyfour::prelude::*;
use thirtyfour::{RequestData, SessionId};

use crate::bidi::Bidi;
use crate::browser::Look;
use crate::page::eventually;
use crate::process::Program;
use crate::session::{At, Node, Own, Session, connect};
use crate::stage::setting_of;

/// Starts geckodriver, and Firefox through it.
pub(crate) async fn start(profile: &Path) -> Result<(Session, Program)> {
    let mut command = Command::new(setting_of("DUPLEX_GECKODRIVER")?);
    // The look of the system is a preference, which only the system's own scripts set.
    command.args(["--port=0", "--websocket-port=0", "--allow-system-access", "--profile-root"]).arg(profile);
    let program = Program::start("geckodriver", &command)?;
    let port = program.wait_for("port", |line| {
        let (_, rest) = line.split_once("Listening on 127.0.0.1:")?;
        rest.trim().parse::<u16>().ok()
    })?;
    let mut wishes = DesiredCapabilities::firefox();
    wishes.set_firefox_binary(&setting_of("DUPLEX_FIREFOX")?.to_string_lossy())?;
    wishes.set_headless()?;
    let mut preferences = FirefoxPreferences::new();
    preferences.set(SCROLLBARS, 1)?;
    // As everywhere but under geckodriver: a page that was opened as a file reads no other.
    preferences.set("security.fileuri.strict_origin_policy", true)?;
    wishes.set_preferences(preferences)?;
    wishes.set("webSocketUrl", true)?;
    let driver = connect(port, wishes).await?;
    let url = driver.handle().capabilities().get("webSocketUrl").and_then(Value::as_str);
    let bidi = Arc::new(Bidi::connect(url.context("geckodriver names no address for BiDi")?)?);
    bidi.send("session.subscribe", json!({"events": ["log.entryAdded"]})).await?;
    let tab = visitor(&driver, &bidi).await?;
    Ok((Session::new(driver, Own::Firefox { bidi, tab }), program))
}

/// The only tab of a visitor who was never here: nothing kept, nothing cached, no worker, no connection. Whatever
/// others had open is gone.
pub(crate) async fn visitor(driver: &WebDriver, bidi: &Bidi) -> Result<String> {
    let open = bidi.send("browsingContext.getTree", json!({"maxDepth": 0})).await?;
    let known = bidi.send("browser.getUserContexts", json!({})).await?;
    let anew = bidi.send("browser.createUserContext", json!({})).await?;
    let wish = json!({"type": "tab", "userContext": anew["userContext"]});
    let tab = bidi.send("browsingContext.create", wish).await?["context"].take();
    for context in open["contexts"].as_array().into_iter().flatten() {
        bidi.send("browsingContext.close", json!({"context": context["context"]})).await?;
    }
    for context in known["userContexts"].as_array().into_iter().flatten() {
        if context["userContext"] != "default" {
            bidi.send("browser.removeUserContext", context.clone()).await?;
        }
    }
    let tab = tab.as_str().context("Firefox opens no tab")?.to_owned();
    driver.switch_to_window(WindowHandle::from(tab.clone())).await?;
    errors(bidi).await?;
    Ok(tab)
}

/// The viewport by way of BiDi, since a window is never narrower than 450 pixels.
pub(crate) async fn look(driver: &WebDriver, bidi: &Bidi, tab: &str, look: Look) -> Result<()> {
    let (width, height) = look.size;
    let screen = json!({"context": tab, "viewport": {"width": width, "height": height}});
    bidi.send("browsingContext.setViewport", screen).await?;
    let set = "Services.prefs.setIntPref('layout.css.prefers-color-scheme.content-override', arguments[0]); \
        Services.prefs.setIntPref('ui.prefersReducedMotion', arguments[1]); \
        arguments[2]();";
    let number = |yes: bool| json!(u8::from(yes));
    inside(driver, set, vec![number(!look.dark), number(look.calm)]).await?;
    // The page hears of it some time later.
    let heard = "return matchMedia('(prefers-color-scheme: dark)').matches === arguments[0] \
        && matchMedia('(prefers-reduced-motion)').matches === arguments[1] && innerWidth === arguments[2]";
    eventually("the page to have its look", || async {
        let arguments = vec![json!(look.dark), json!(look.calm), json!(width)];
        Ok((*driver.execute(heard, arguments).await?.json() == true).then_some(()))
    })
    .await
}

pub(crate) async fn errors(bidi: &Bidi) -> Result<Vec<String>> {
    // Its answer comes after all that is in the log by now.
    bidi.send("session.status", json!({})).await?;
    let events = bidi.take_events();
    let errors = events.iter().map(|event| &event["params"]).filter(|entry| entry["level"] == "error");
    Ok(errors.map(|entry| entry["text"].as_str().unwrap_or_default().to_owned()).collect())
}

/// BiDi has a locator for this too, but one that takes a second on a page like ours.
pub(crate) async fn nodes(
    driver: &WebDriver,
    root: Option<&WebElement>,
    role: &str,
    name: Option<&str>,
) -> Result<Vec<Node>> {
    let root = root.map(WebElement::to_json).transpose()?.unwrap_or_default();
    driver.execute("window[Symbol.for('root')] = arguments[0]", vec![root]).await?;
    // No ARIA role: each browser has a name of its own for it.
    let role = if role == "DisclosureTriangle" { "summary" } else { role };
    let script = include_str!("firefox_tree.js").replace("%role%", role);
    let (names, elements) = eventually("the accessibility tree", || async {
        let told = inside(driver, BESIDE_THE_PAGE, vec![json!(script)]).await?;
        ensure!(told["error"].is_null(), "the accessibility tree: {}", told["error"]);
        let Some(names) = serde_json::from_value::<Option<Vec<String>>>(told["names"].clone())? else {
            return Ok(None);
        };
        // What the page has taken away since the look makes this fail: then it looks again.
        let elements = driver.execute("return window[Symbol.for('found')]", Vec::new()).await?.elements()?;
        Ok(Some((names, elements)))
    })
    .await?;
    let nodes =
        names.into_iter().zip(elements).map(|(name, element)| Node { name, at: At::Element(element) });
    Ok(nodes.filter(|node| name.is_none_or(|name| node.name == name)).collect())
}

/// The value of a script with Firefox's own rights that calls its last argument with it in the end.
async fn inside(driver: &WebDriver, script: &str, arguments: Vec<Value>) -> Result<Value> {
    driver.handle().cmd(Context("chrome")).await?;
    let value = driver.execute_async(script, arguments).await;
    driver.handle().cmd(Context("content")).await?;
    Ok(value?.json().clone())
}

/// Whose scripts are run from now on: the page's (`content`) or Firefox's own (`chrome`).
#[derive(Debug)]
struct Context(&'static str);

impl FormatRequestData for Context {
    fn format_request(&self, session: &SessionId) -> RequestData {
        let request = RequestData::new(Method::POST, format!("/session/{session}/moz/context"));
        request.add_body(json!({"context": self.0}))
    }
}

/// Runs a script in the process of the page, but not as a part of it, and answers its message.
const BESIDE_THE_PAGE: &str = "const [script, done] = arguments; \
    const tab = window.gBrowser.selectedBrowser.messageManager; \
    tab.addMessageListener('duplex:found', function heard(message) { \
        tab.removeMessageListener('duplex:found', heard); \
        done(message.data); \
    }); \
    tab.loadFrameScript('data:,' + encodeURIComponent(script), false);";

/// Scrollbars that take no room, as Chromium's do here.
const SCROLLBARS: &str = "ui.useOverlayScrollbars";
