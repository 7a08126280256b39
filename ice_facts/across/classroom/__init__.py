"""For class: quizzes, worksheets, both sides, slides, lessons and cards, made from the record."""
