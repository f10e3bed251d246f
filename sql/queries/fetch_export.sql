fetch forward 500 from export
