use crate::task::Team;
use std::sync::Arc;

#[test]
fn team_and_members_know_each_other() {
    let team = Team::new("Blue".into());
    let (ada, grace) = (team.join("Ada".into()), team.join("Grace".into()));
    let names: Vec<String> = team.names().iter().map(|name| name.to_string()).collect();
    assert_eq!(names, ["Ada", "Grace"], "the members that the team knows");
    for member in [ada, grace] {
        let known = member.team().map(|name| name.to_string());
        assert_eq!(
            known.as_deref(),
            Some("Blue"),
            "the team that a member knows"
        );
    }
}

#[test]
fn all_of_them_end_when_nobody_has_them() {
    for team_first in [true, false] {
        let [blue, ada]: [Arc<str>; 2] = ["Blue".into(), "Ada".into()];
        let team = Team::new(blue.clone());
        let member = team.join(ada.clone());
        if team_first {
            drop(team);
            drop(member);
        } else {
            drop(member);
            drop(team);
        }
        let kept = [&blue, &ada].map(|name| Arc::strong_count(name) - 1);
        assert_eq!(kept, [0, 0], "how many still keep the names Blue and Ada");
    }
}
