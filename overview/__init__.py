"""一屏 一键 一图: the contest and the programme for leaders, the programme office and counties."""
