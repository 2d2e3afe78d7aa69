//! Cards, questions and progress in the store: what is shown when, what is noted, and what a link holds.
#![cfg(not(target_arch = "wasm32"))]

use std::rc::Rc;

use duplex::state::{Action, CourseAction, Place, Shelf, State, Study, StudyAction, View};
use trace::card;
use trace::lesson::{self, Scene};
use trace::progress::{Outcome, Score};
use trace::question::{Kind, Proof, Question};
use yew::Reducible;

fn after(state: &State, actions: impl IntoIterator<Item = Action>) -> State {
    let first = Rc::new(state.clone());
    (*actions.into_iter().fold(first, |state, action| state.reduce(action))).clone()
}

fn studied(state: &State, actions: impl IntoIterator<Item = StudyAction>) -> State {
    after(state, actions.into_iter().map(Action::Study))
}

fn calm() -> State {
    State { reduced: true, ..State::default() }
}

#[test]
fn a_card_shows_nothing_before_it_is_predicted() {
    for card in card::all() {
        let open = State::open(&format!("card={}", card.id));
        assert_eq!(open.notice, None);
        assert_eq!((open.view, open.subject()), (View::Lessons, View::Lessons), "{}", card.id);
        assert!(!open.is_told() && open.link().write() == format!("card={}", card.id));
        let run = studied(&State { reduced: true, ..open }, [StudyAction::Predict(0)]);
        let subject = match card.scene().expect("a scene") {
            Scene::Run(_) => View::Lab,
            Scene::Octets(_) => View::Workbench,
        };
        assert_eq!(run.subject(), subject, "{}", card.id);
        assert!(run.is_told() && !run.playing);
        let seen = run.seen(None);
        assert!(card.says(&seen).is_some(), "{}: nothing is said of its own experiment", card.id);
        let truth = card.truth(card.scene().expect("a scene").shown(&seen));
        let outcome = Outcome { answer: 0, right: truth == Some(0) };
        assert_eq!(run.progress.prediction(card.id), Some(outcome), "{}", card.id);
        // A link to it does not give it away.
        assert_eq!(run.link().write(), format!("card={}", card.id));
    }
}

#[test]
fn an_experiment_runs_up_to_its_moment() {
    let open = State::open("card=faster");
    let run = studied(&open, [StudyAction::Predict(1)]);
    assert!(run.playing && run.at == 0 && run.experimenting());
    let over = after(&run, [Action::Reached(u64::MAX)]);
    assert!(!over.playing && !over.experimenting());
    assert_eq!(Some(over.at), run.until);
}

/// What was on the Lab's stage and on the workbench before comes back.
#[test]
fn the_lab_is_as_it_was() {
    let lab = State::open("lanes=close.sse&messages=2");
    for id in ["faster", "key"] {
        let told = studied(&lab, [StudyAction::Card(id), StudyAction::Predict(0)]);
        let back = after(&State { view: View::Lessons, ..told }, [Action::View(View::Lab)]);
        assert!(back.study.is_none() && back.scenario == lab.scenario && back.desk == lab.desk, "{id}");
    }
    // And what is taken along is there.
    let told = studied(&calm(), [StudyAction::Card("sticky"), StudyAction::Predict(0)]);
    let told = State { view: View::Lessons, ..told };
    let explored = after(&told, [Action::Course(CourseAction::Explore)]);
    assert_eq!((explored.view, &explored.scenario), (View::Lab, &told.scenario));
}

#[test]
fn a_wrong_answer_shows_why() {
    for kind in Kind::ALL {
        for seed in 0..20 {
            let open = State { reduced: true, ..State::open(&format!("question={}.{seed}", kind.id())) };
            let question = Question::new(kind, seed);
            assert_eq!(open.link().write(), format!("question={}.{seed}", kind.id()));
            assert!(!open.is_told(), "the answer is on show before it is asked for");
            let right = studied(&open, [StudyAction::Answer(question.right())]);
            assert!(!right.is_told());
            assert_eq!(right.progress.questions(Some(kind)), Score { done: 1, right: 1 });
            let wrong = (0..question.answers.len()).find(|&it| it != question.right()).expect("another");
            for shown in [studied(&open, [StudyAction::Answer(wrong)]), studied(&right, [StudyAction::Show])]
            {
                match &question.proof {
                    Proof::Run { scenario, at, selected } => {
                        assert_eq!(shown.subject(), View::Lab);
                        assert!(
                            shown.scenario == *scenario && shown.at == *at && shown.selected == *selected
                        );
                    }
                    Proof::Octets(bench) => {
                        assert_eq!(shown.subject(), View::Workbench);
                        assert_eq!(shown.desk.bench, *bench);
                    }
                }
            }
        }
    }
}

#[test]
fn steps_are_done_by_going_on() {
    let beats = lesson::named("request").expect("a lesson").beats.len();
    let go = |beat| Action::Course(CourseAction::Go(Place { lesson: "request", beat }));
    let half = after(&calm(), [go(0), go(1), go(2), go(1), Action::Course(CourseAction::List)]);
    assert_eq!(half.progress.steps("request"), 2, "back is no step, and leaving is none");
    let all = (0..beats).map(go).chain([Action::Course(CourseAction::Done)]);
    assert_eq!(after(&calm(), all).progress.steps("request"), beats);
}

#[test]
fn progress_goes_and_comes() {
    let done = studied(&calm(), [StudyAction::Card("faster"), StudyAction::Predict(1)]);
    let written = done.progress.write();
    let gone = studied(&done, [StudyAction::Forget]);
    assert!(gone.progress.prediction("faster").is_none() && gone.notice.is_some());
    let back = studied(&gone, [StudyAction::Import(written.clone().into_bytes())]);
    assert!(back.progress == done.progress && back.notice.is_some());
    let kept = studied(&calm(), [StudyAction::Kept(written)]);
    assert!(kept.progress == done.progress && kept.notice.is_none(), "what was kept is back without a word");
    for garbage in [&b""[..], b"Dear diary", b"\xff\xfe", b"duplex progress 9\n"] {
        let told = studied(&done, [StudyAction::Import(garbage.to_vec())]);
        assert!(told.progress == done.progress && told.notice.is_some(), "{garbage:?}");
        let text = String::from_utf8_lossy(garbage).into_owned();
        let told = studied(&calm(), [StudyAction::Kept(text)]);
        assert!(told.notice.is_some_and(|it| it.said().contains("this browser")), "{garbage:?}");
    }
    // A link and a fresh start leave it alone.
    let moved = after(&done, [Action::Open("view=compare".to_owned()), Action::Reset]);
    assert!(moved.progress == done.progress);
}

#[test]
fn shelves_have_links() {
    let check = |fragment: &str, shelf: Shelf| {
        let open = State::open(fragment);
        assert_eq!((open.shelf, open.view, open.notice.clone()), (shelf, View::Lessons, None), "{fragment}");
        assert_eq!(open.link().write(), fragment);
    };
    check("view=lessons", Shelf::Lessons);
    check("view=cards", Shelf::Cards);
    check("view=questions", Shelf::Questions);
    for (fragment, name) in
        [("card=dragon", "dragon"), ("question=riddle.1", "riddle"), ("question=turn.x", "turn.x")]
    {
        let open = State::open(fragment);
        assert!(open.notice.is_some_and(|it| it.said().contains(name)) && open.study.is_none(), "{fragment}");
    }
    let open = State::open("question=turn.7");
    assert!(matches!(&open.study, Some(Study::Question(quiz)) if quiz.question.seed == 7));
}
