Point { x: 0, y: 0 } Point { x: 1, y: 1 }
Point { x: 1, y: 1 } Point { x: 1, y: 1 }
