//! The DevTools protocol to a whole Chromium, without a driver between: tabs that share nothing with another, as
//! if each were the first visit. The start-up bench measures in them, and each test visits in one.

use std::fs;
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, anyhow, bail};
use serde_json::{Value, json};
use tungstenite::{Message, WebSocket};

use crate::chromium::FLAGS;
use crate::process::Program;

/// A browser, asked one thing after the other.
#[derive(Debug)]
pub struct DevTools {
    socket: WebSocket<TcpStream>,
    asked: u64,
    // Ends every process of the browser with it, if it was started here.
    _program: Option<Program>,
}

/// A tab with caches, storage and a process of its own.
pub struct Tab {
    context: String,
    session: String,
}

impl DevTools {
    /// Starts `chromium` with a profile in `folder`.
    ///
    /// # Errors
    /// If it does not start, or says no address.
    pub fn start(chromium: &Path, folder: &Path) -> Result<Self> {
        let mut command = Command::new(chromium);
        command.args(FLAGS).arg("--remote-debugging-port=0");
        let program = Program::start(
            "Chromium",
            command.arg(format!("--user-data-dir={}", folder.display())).arg("about:blank"),
        )?;
        let url = program
            .wait_for("address", |line| line.strip_prefix("DevTools listening on ").map(str::to_owned))?;
        Self::connect(&url, Some(program))
    }

    /// Asks the Chromium that has its profile in `folder` and was started by somebody else.
    ///
    /// # Errors
    /// If it names no address there, or does not answer.
    pub fn of(folder: &Path) -> Result<Self> {
        let told = folder.join("DevToolsActivePort");
        let told = fs::read_to_string(&told).with_context(|| format!("no address in {}", told.display()))?;
        let (port, path) = told.trim().split_once('\n').context("no address of the whole browser")?;
        Self::connect(&format!("ws://127.0.0.1:{port}{path}"), None)
    }

    fn connect(url: &str, program: Option<Program>) -> Result<Self> {
        let address = url.strip_prefix("ws://").and_then(|rest| rest.split('/').next());
        let stream = TcpStream::connect(address.with_context(|| format!("{url} is no address"))?)?;
        stream.set_nodelay(true)?;
        let (socket, _) = tungstenite::client(url, stream).map_err(|error| anyhow!("{url}: {error}"))?;
        Ok(Self { socket, asked: 0, _program: program })
    }

    /// Opens a tab on an empty page. `script` runs in every page that it shows, before anything of the page.
    ///
    /// # Errors
    /// If the browser refuses it or is gone.
    pub fn tab(&mut self, size: (u32, u32), script: &str) -> Result<Tab> {
        let (context, target) = self.blank()?;
        let wish = json!({"targetId": target, "flatten": true});
        let tab =
            Tab { context, session: text(&self.ask(None, "Target.attachToTarget", wish)?, "sessionId")? };
        let (width, height) = size;
        let screen = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.ask(Some(&tab), "Emulation.setDeviceMetricsOverride", screen)?;
        self.ask(Some(&tab), "Page.enable", json!({}))?;
        self.ask(Some(&tab), "Page.addScriptToEvaluateOnNewDocument", json!({"source": script}))?;
        Ok(tab)
    }

    /// Opens a tab on an empty page for a visitor who was never here, and closes all others; answers its number.
    ///
    /// # Errors
    /// If the browser refuses it or is gone.
    pub fn visitor(&mut self) -> Result<String> {
        let known = self.ask(None, "Target.getBrowserContexts", json!({}))?;
        let open = self.ask(None, "Target.getTargets", json!({"filter": [{"type": "page"}]}))?;
        let (_, target) = self.blank()?;
        for tab in open["targetInfos"].as_array().into_iter().flatten() {
            self.ask(None, "Target.closeTarget", json!({"targetId": tab["targetId"]}))?;
        }
        for context in known["browserContextIds"].as_array().into_iter().flatten() {
            self.ask(None, "Target.disposeBrowserContext", json!({"browserContextId": context}))?;
        }
        Ok(target)
    }

    /// An empty tab that shares nothing with others: the number of what it keeps, and its own.
    fn blank(&mut self) -> Result<(String, String)> {
        let made = self.ask(None, "Target.createBrowserContext", json!({}))?;
        let context = text(&made, "browserContextId")?;
        let wish = json!({"url": "about:blank", "browserContextId": context});
        let target = text(&self.ask(None, "Target.createTarget", wish)?, "targetId")?;
        Ok((context, target))
    }

    /// Goes to `url` and waits for what `script` promises there.
    ///
    /// # Errors
    /// If there is no such page, or the script throws.
    pub fn visit(&mut self, tab: &Tab, url: &str, script: &str) -> Result<Value> {
        let gone = self.ask(Some(tab), "Page.navigate", json!({"url": url}))?;
        if let Some(why) = gone["errorText"].as_str() {
            bail!("{url}: {why}");
        }
        let wish = json!({"expression": script, "awaitPromise": true, "returnByValue": true});
        let mut told = self.ask(Some(tab), "Runtime.evaluate", wish)?;
        if told["exceptionDetails"].is_object() {
            bail!("{url}: {}", told["exceptionDetails"]);
        }
        Ok(told["result"]["value"].take())
    }

    /// Closes a tab, and forgets all that it had.
    ///
    /// # Errors
    /// If the browser is gone.
    pub fn close(&mut self, tab: Tab) -> Result<()> {
        self.ask(None, "Target.disposeBrowserContext", json!({"browserContextId": tab.context})).map(drop)
    }

    fn ask(&mut self, tab: Option<&Tab>, method: &str, params: Value) -> Result<Value> {
        self.asked += 1;
        let mut command = json!({"id": self.asked, "method": method, "params": params});
        if let Some(tab) = tab {
            command["sessionId"] = tab.session.as_str().into();
        }
        self.socket.send(Message::text(command.to_string()))?;
        loop {
            // Events come in between.
            let Message::Text(said) = self.socket.read()? else { continue };
            let mut said: Value = serde_json::from_str(&said)?;
            if said["id"] == self.asked {
                if said["error"].is_object() {
                    bail!("{method}: {}", said["error"]["message"]);
                }
                return Ok(said["result"].take());
            }
        }
    }
}

fn text(answer: &Value, name: &str) -> Result<String> {
    Ok(answer[name].as_str().with_context(|| format!("no {name} in {answer}"))?.to_owned())
}
