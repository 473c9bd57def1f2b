//! A member owns its team. The team has handles to its members.

use std::sync::{Arc, Mutex, Weak};

pub struct Team {
    name: Arc<str>,
    members: Mutex<Vec<Weak<Member>>>,
}

pub struct Member {
    name: Arc<str>,
    team: Arc<Team>,
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
            team: self.clone(),
        });
        self.members.lock().unwrap().push(Arc::downgrade(&member));
        member
    }

    pub fn names(&self) -> Vec<Arc<str>> {
        let members = self.members.lock().unwrap();
        members
            .iter()
            .filter_map(|member| member.upgrade())
            .map(|member| member.name.clone())
            .collect()
    }
}

impl Member {
    pub fn team(&self) -> Option<Arc<str>> {
        Some(self.team.name.clone())
    }
}
