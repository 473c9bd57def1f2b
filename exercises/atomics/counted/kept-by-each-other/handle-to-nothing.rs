//! A handle, but to no team at all.

use std::sync::{Arc, Mutex, Weak};

pub struct Team {
    name: Arc<str>,
    members: Mutex<Vec<Arc<Member>>>,
}

pub struct Member {
    name: Arc<str>,
    team: Weak<Team>,
}

impl Team {
    pub fn new(name: Arc<str>) -> Arc<Team> {
        Arc::new(Team {
            name,
            members: Mutex::new(Vec::new()),
        })
    }

    pub fn join(self: &Arc<Team>, name: Arc<str>) -> Arc<Member> {
        let member = Arc::new(Member {
            name,
            team: Weak::new(),
        });
        self.members.lock().unwrap().push(member.clone());
        member
    }

    pub fn names(&self) -> Vec<Arc<str>> {
        let members = self.members.lock().unwrap();
        members.iter().map(|member| member.name.clone()).collect()
    }
}

impl Member {
    pub fn team(&self) -> Option<Arc<str>> {
        self.team.upgrade().map(|team| team.name.clone())
    }
}
