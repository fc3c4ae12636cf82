"""One token's way through a model, stage by stage, with every number of it.

stages    which stages there are, in order, by ids that everything goes by
way       the numbers of one token at each of them, and what the stream says there
arising   how one of these numbers came about: its products and their sum
"""
