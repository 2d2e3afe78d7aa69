//! The doctor's table: what is known, and what it comes to.
#![cfg(not(target_arch = "wasm32"))]

use trace::doctor::{
    Cause, Findings, Knock, Near, Page, Permission, Scheme, Symptom, Target, examine, foresee, will_ask,
};

fn page(scheme: Scheme, near: Near) -> Page {
    Page { scheme, near, secure: scheme == Scheme::Https || near == Near::Loopback }
}

const HERE: Page = Page { scheme: Scheme::Http, near: Near::Loopback, secure: true };
const CLASS: Page = Page { scheme: Scheme::Http, near: Near::Local, secure: false };
const HOSTED: Page = Page { scheme: Scheme::Https, near: Near::Public, secure: true };

fn target(url: &str) -> Target {
    let (scheme, host) = url.split_once("://").expect("a scheme");
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|it| it.is_ascii_digit()) => name,
        _ => host,
    };
    Target { host: host.to_owned(), secure: matches!(scheme, "https" | "wss"), near: Near::of(name) }
}

fn findings(page: Page, url: &str, symptom: Option<Symptom>, knock: Option<Knock>) -> Findings {
    Findings { page, target: target(url), permission: None, policy: None, symptom, knock }
}

fn check(findings: &Findings, cause: Cause, parts: &[&str]) {
    let found = examine(findings);
    assert_eq!(found.cause, cause, "{findings:?}");
    let told = found.told();
    parts.iter().for_each(|part| assert!(told.contains(part), "{part} is not in: {told}"));
}

/// What stands in the way on this side, whatever the symptom; and whether it is certain beforehand.
#[test]
fn surroundings() {
    use Permission::{Denied, Granted, Prompt};
    let file = page(Scheme::File, Near::Public);
    let bare = page(Scheme::Http, Near::Public);
    for (page, url, permission, policy, cause, certain) in [
        (file, "http://127.0.0.1:9080", None, None, Some(Cause::File), true),
        (file, "wss://example.org", None, None, Some(Cause::File), true),
        (HERE, "ws://127.0.0.1:9081", None, Some("connect-src"), Some(Cause::Policy), true),
        (HOSTED, "wss://example.org", None, Some("default-src"), Some(Cause::Policy), true),
        (HERE, "ws://127.0.0.1:9081", None, None, None, false),
        (HERE, "ws://127.0.0.1:9081", Some(Denied), None, None, false),
        (HERE, "ws://example.org", None, None, None, false),
        (CLASS, "ws://192.168.1.5:9081", None, None, None, false),
        // In a page without https Chromium says "denied" even where requests succeed.
        (CLASS, "ws://192.168.1.5:9081", Some(Denied), None, None, false),
        (CLASS, "http://127.0.0.1:9080", Some(Denied), None, Some(Cause::Insecure), false),
        (bare, "http://localhost:9080", None, None, Some(Cause::Insecure), true),
        (HOSTED, "http://127.0.0.1:9080", None, None, None, false),
        (HOSTED, "http://127.0.0.1:9080", Some(Granted), None, None, false),
        (HOSTED, "http://127.0.0.1:9080", Some(Denied), None, Some(Cause::Denied), true),
        (HOSTED, "ws://[::1]:9080", Some(Prompt), None, Some(Cause::Prompt), false),
        (HOSTED, "ws://192.168.1.5:9081", Some(Granted), None, None, false),
        (HOSTED, "ws://192.168.1.5:9081", Some(Denied), None, Some(Cause::Denied), true),
        (HOSTED, "ws://192.168.1.5:9081", None, None, Some(Cause::Mixed), false),
        (HOSTED, "ws://teacher.local:9081", Some(Prompt), None, Some(Cause::Prompt), false),
        (HOSTED, "ws://example.org", None, None, Some(Cause::Mixed), true),
        (HOSTED, "http://example.org/echo", Some(Denied), None, Some(Cause::Mixed), true),
        (HOSTED, "wss://example.org", None, None, None, false),
    ] {
        let policy = policy.map(str::to_owned);
        let found = Findings { permission, policy, ..findings(page, url, None, None) };
        assert_eq!(foresee(&found).map(|it| it.cause), cause.filter(|_| certain), "{found:?}");
        assert_eq!(will_ask(&found), cause == Some(Cause::Prompt), "{found:?}");
        for symptom in [Symptom::NotOpened, Symptom::Rejected, Symptom::Thrown] {
            let failed = Findings { symptom: Some(symptom), knock: Some(Knock::Nothing), ..found.clone() };
            match (cause, symptom) {
                (Some(cause), _) => check(&failed, cause, &[]),
                (None, Symptom::Thrown) => check(&failed, Cause::NotTried, &["nothing was sent"]),
                (None, _) => check(&failed, Cause::Nobody, &["nothing there speaks HTTP"]),
            }
        }
    }
}

/// What may be wrong over there.
#[test]
fn symptoms() {
    use Symptom::{Answered, BrokeOff, Closed, Late, NotOpened, Rejected, Sound, Thrown, Unanswered};
    let at = "ws://127.0.0.1:9081";
    for (symptom, knock, cause, parts) in [
        (Thrown, None, Cause::NotTried, &["ws://"][..]),
        (NotOpened, Some(Knock::Nothing), Cause::Nobody, &["127.0.0.1:9081", "hide which", "port"]),
        (NotOpened, None, Cause::Nobody, &[]),
        (NotOpened, Some(Knock::Late), Cause::Silence, &["time limit"]),
        (
            NotOpened,
            Some(Knock::Opaque),
            Cause::NotForUs,
            &["Access-Control-Allow-Origin", "another program"],
        ),
        (NotOpened, Some(Knock::Status(404)), Cause::NotWebSocket, &["status 404", "Check path"]),
        (NotOpened, Some(Knock::Status(200)), Cause::NotWebSocket, &["status 200", "proxy"]),
        (NotOpened, Some(Knock::Status(403)), Cause::NotWebSocket, &["list of origins"]),
        (NotOpened, Some(Knock::Status(503)), Cause::NotWebSocket, &["overloaded"]),
        (NotOpened, Some(Knock::Redirect), Cause::NotWebSocket, &["does not follow"]),
        (NotOpened, Some(Knock::Status(426)), Cause::Handshake, &["status 426", "accept value"]),
        (NotOpened, Some(Knock::Status(400)), Cause::Handshake, &["status 400", "1006 and no more"]),
        (Late, Some(Knock::Late), Cause::Silence, &["neither an answer nor an error"]),
        (Late, Some(Knock::Nothing), Cause::Silence, &[]),
        (Late, None, Cause::Silence, &[]),
        (Rejected, Some(Knock::Opaque), Cause::NotForUs, &["does not let this page read"]),
        (Rejected, Some(Knock::Nothing), Cause::Nobody, &["firewall"]),
        (Rejected, Some(Knock::Status(200)), Cause::Nobody, &[]),
        (Closed(1006), None, Cause::Lost, &["look the same to a script", "server’s log"]),
        (Closed(1000), None, Cause::Goodbye, &["code 1000", "it meant to"]),
        (Closed(1001), None, Cause::Goodbye, &["Going away", "Connect again"]),
        (Closed(1005), None, Cause::Goodbye, &["gave no code"]),
        (Closed(1011), None, Cause::Goodbye, &["Internal error", "after a pause"]),
        (Closed(4000), None, Cause::Goodbye, &["application’s own documents"]),
        (Unanswered, None, Cause::Unanswered, &["cannot send a Ping"]),
        (BrokeOff(200), None, Cause::CutShort, &["length that the head announced"]),
        (Answered(200), None, Cause::Sound, &["sent twice"]),
        (Answered(404), None, Cause::Status, &["status 404"]),
        (Sound, None, Cause::Sound, &["no proof"]),
    ] {
        check(&findings(HERE, at, Some(symptom), knock), cause, parts);
    }
}

#[test]
fn how_near_a_host_is() {
    for (near, hosts) in [
        (Near::Loopback, &["localhost", "LOCALHOST", "a.localhost", "127.0.0.1", "127.9.9.9", "[::1]"][..]),
        (
            Near::Local,
            &[
                "10.0.0.1",
                "172.16.0.1",
                "172.31.9.9",
                "192.168.1.5",
                "169.254.1.1",
                "[fd00::1]",
                "[fe80::1]",
                "a.local",
            ],
        ),
        (
            Near::Public,
            &[
                "",
                "example.org",
                "127.0.0.1.example",
                "localhost.example",
                "172.32.0.1",
                "11.0.0.1",
                "[2001:db8::1]",
                "fd00.example",
                "192.168.1.5.example",
                "a.local.example",
            ],
        ),
    ] {
        hosts.iter().for_each(|host| assert_eq!(Near::of(host), near, "{host}"));
    }
}
