//! The doctor's eyes and ears: what the browser says of the page, of the way to a server, and of a knock at
//! its door. What that comes to is [`trace::doctor`]'s to say.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::utils::{document, window};
use js_sys::{Function, Object, Promise, Reflect};
use trace::doctor::{self, Diagnosis, Findings, Knock, Near, Page, Permission, Scheme, Symptom, Target};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, RequestCache, RequestInit, RequestMode, RequestRedirect, Response};

use super::Stop;
use super::address::Address;
use super::clock::{Waited, now, within};

/// On duty for as long as a run lasts: the browser tells of a breach of the page's policy only once.
pub(super) struct Doctor {
    /// Directive and blocked address of each.
    breaches: Rc<RefCell<Vec<(String, String)>>>,
    _listener: EventListener,
}

impl Doctor {
    pub(super) fn on_duty() -> Self {
        let breaches = Rc::<RefCell<Vec<(String, String)>>>::default();
        let kept = Rc::clone(&breaches);
        let listener = EventListener::new(&document(), "securitypolicyviolation", move |event| {
            let read = |name| text(event, name).unwrap_or_default();
            kept.borrow_mut().push((read("effectiveDirective"), read("blockedURI")));
        });
        Self { breaches, _listener: listener }
    }

    /// What is certain to go wrong on the way to `target`, or that the browser will ask first.
    pub(super) async fn foresee(&self, target: &Address) -> Result<bool, Diagnosis> {
        let findings = self.findings(target, None, None).await;
        doctor::foresee(&findings).map_or_else(|| Ok(doctor::will_ask(&findings)), Err)
    }

    /// What was the matter with `target`, and what a knock brought, if there was one.
    pub(super) async fn examine(&self, target: &Address, symptom: Symptom) -> (Diagnosis, Option<Knock>) {
        let asks = matches!(symptom, Symptom::NotOpened | Symptom::Rejected | Symptom::Late);
        let knock = if asks { Some(knock(target).await) } else { None };
        (doctor::examine(&self.findings(target, Some(symptom), knock).await), knock)
    }

    async fn findings(&self, target: &Address, symptom: Option<Symptom>, knock: Option<Knock>) -> Findings {
        let target_near = Near::of(&target.hostname);
        let name = match target_near {
            Near::Loopback => Some("loopback-network"),
            Near::Local => Some("local-network"),
            Near::Public => None,
        };
        let permission = match name {
            Some(name) => match within(permission(name), now() + PATIENCE, &Stop::new()).await {
                Waited::Done(state) => state,
                Waited::Late | Waited::Stopped => None,
            },
            None => None,
        };
        let breaches = self.breaches.borrow();
        let breach = breaches.iter().find(|(_, blocked)| blocked.contains(&target.host));
        Findings {
            page: page(),
            target: Target {
                host: target.host.clone(),
                secure: matches!(target.scheme.as_str(), "https:" | "wss:"),
                near: target_near,
            },
            permission,
            policy: breach.map(|(directive, _)| directive.clone()),
            symptom,
            knock,
        }
    }
}

fn page() -> Page {
    let location = window().location();
    let scheme = match location.protocol().unwrap_or_default().as_str() {
        "https:" => Scheme::Https,
        "file:" => Scheme::File,
        _ => Scheme::Http,
    };
    let near = Near::of(&location.hostname().unwrap_or_default());
    Page { scheme, near, secure: window().is_secure_context() }
}

/// A plain `GET`: with leave to read the answer, and if that fails, without.
async fn knock(target: &Address) -> Knock {
    let scheme = if matches!(target.scheme.as_str(), "https:" | "wss:") { "https:" } else { "http:" };
    let url = Address { scheme: scheme.to_owned(), ..target.clone() }.url(&target.target);
    match get(&url, RequestMode::Cors).await {
        Waited::Done(Some(0)) => return Knock::Redirect,
        Waited::Done(Some(status)) => return Knock::Status(status),
        Waited::Done(None) => {}
        Waited::Late | Waited::Stopped => return Knock::Late,
    }
    match get(&url, RequestMode::NoCors).await {
        Waited::Done(Some(_)) => Knock::Opaque,
        Waited::Done(None) => Knock::Nothing,
        Waited::Late | Waited::Stopped => Knock::Late,
    }
}

/// The status of an answer, 0 if it is hidden; `None`: a network error.
async fn get(url: &str, mode: RequestMode) -> Waited<Option<u16>> {
    let Ok(abort) = AbortController::new() else { return Waited::Done(None) };
    let init = RequestInit::new();
    init.set_mode(mode);
    init.set_cache(RequestCache::NoStore);
    init.set_signal(Some(&abort.signal()));
    if mode == RequestMode::Cors {
        init.set_redirect(RequestRedirect::Manual);
    }
    let fetching = window().fetch_with_str_and_init(url, &init);
    let status = async {
        let response = JsFuture::from(fetching).await.ok()?;
        Some(response.dyn_into::<Response>().ok()?.status())
    };
    let waited = within(status, now() + PATIENCE, &Stop::new()).await;
    abort.abort();
    waited
}

/// `navigator.permissions.query`, where the browser knows it and the name.
async fn permission(name: &str) -> Option<Permission> {
    let permissions = get_object(&window().navigator(), "permissions")?;
    let query: Function = Reflect::get(&permissions, &"query".into()).ok()?.dyn_into().ok()?;
    let descriptor = Object::new();
    Reflect::set(&descriptor, &"name".into(), &name.into()).ok()?;
    let asked: Promise = query.call1(&permissions, &descriptor).ok()?.dyn_into().ok()?;
    let status = JsFuture::from(asked).await.ok()?;
    match text(&status, "state")?.as_str() {
        "denied" => Some(Permission::Denied),
        "prompt" => Some(Permission::Prompt),
        "granted" => Some(Permission::Granted),
        _ => None,
    }
}

fn get_object(from: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(from, &name.into()).ok().filter(JsValue::is_object)
}

fn text(from: &JsValue, name: &str) -> Option<String> {
    Reflect::get(from, &name.into()).ok()?.as_string()
}

/// In microseconds: for an answer to a knock, and for the browser's own.
const PATIENCE: u64 = 3_000_000;
