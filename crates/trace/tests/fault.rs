//! Faults as the page asks for them.
#![cfg(not(target_arch = "wasm32"))]

use trace::live::{Fault, FaultPlan};

fn check(json: &str, expected: Result<Fault, &str>) {
    let found = serde_json::from_str::<FaultPlan>(json).map_err(|error| error.to_string());
    match (found, expected) {
        (Ok(plan), Ok(fault)) => {
            assert_eq!(plan.fault, fault, "{json}");
            assert_eq!(fault.misfit(), None, "{json}");
        }
        (Ok(plan), Err(part)) => assert!(plan.fault.misfit().is_some_and(|it| it.contains(part)), "{json}"),
        (Err(found), Err(part)) => assert!(found.contains(part), "{json}: {found}"),
        (found, expected) => panic!("{json}: {found:?}, expected {expected:?}"),
    }
}

#[test]
fn faults_as_json() {
    check(r#"{"fault":{"kind":"refuse"}}"#, Ok(Fault::Refuse));
    check(r#"{"fault":{"kind":"answer","status":302}}"#, Ok(Fault::Answer { status: 302 }));
    check(r#"{"fault":{"kind":"broken","case":"rsv3"}}"#, Ok(Fault::Broken { case: "rsv3".into() }));
    check(
        r#"{"fault":{"kind":"close","code":null,"reason":""}}"#,
        Ok(Fault::Close { code: None, reason: String::new() }),
    );
    check(r#"{"fault":{"kind":"cut-after","after":10000000}}"#, Ok(Fault::CutAfter { after: 10_000_000 }));
    check(r#"{"fault":{"kind":"answer","status":101}}"#, Err("200 to 599"));
    check(r#"{"fault":{"kind":"broken","case":"wrong-accept"}}"#, Err("no broken rule"));
    check(r#"{"fault":{"kind":"broken","case":"unmasked-client"}}"#, Err("no broken rule"));
    check(r#"{"fault":{"kind":"broken","case":"bad-deflate"}}"#, Err("no broken rule"));
    check(r#"{"fault":{"kind":"close","code":null,"reason":"why"}}"#, Err("needs a code"));
    check(r#"{"fault":{"kind":"cut-short","announced":5,"sent":5}}"#, Err("fewer octets"));
    check(r#"{"fault":{"kind":"cut-idle","after":60000001}}"#, Err("a minute"));
    check(r#"{"fault":{"kind":"meteor"}}"#, Err("unknown variant"));
}

#[test]
fn all_of_them_fit_and_are_told_apart() {
    let all = Fault::all();
    for (n, fault) in all.iter().enumerate() {
        assert_eq!(fault.misfit(), None, "{fault:?}");
        assert!(!all[..n].contains(fault), "{fault:?} twice");
        let json = serde_json::to_string(fault).expect("JSON");
        assert_eq!(serde_json::from_str::<Fault>(&json).expect("read back"), *fault);
    }
    assert_eq!(
        Fault::Close { code: Some(1006), reason: String::new() }.frames(),
        Fault::Broken { case: "close-1006".into() }.frames()
    );
}
