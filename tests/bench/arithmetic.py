"""The benchmark's arithmetic, on made-up runs and a small matrix.

    arithmetic.py BENCH     BENCH: the folder bench/
"""
import sys
import unittest

import numpy
import scipy.sparse
from sklearn.decomposition import NMF

sys.path.insert(0, sys.argv[1])
import arrays  # noqa: E402  (found through the argument)
import figures  # noqa: E402
import plan  # noqa: E402
import quality_figures  # noqa: E402
import sklearn_nmf  # noqa: E402
import text_figures  # noqa: E402
import text_plan  # noqa: E402

# (D, CPU, wall) after each pass, three repeats of one run.
RUNS = [[(100, 1, 2), (40, 3, 4), (40, 5, 6), (30, 9, 8)],
        [(100, 2, 2), (40, 2, 4), (40, 4, 6), (30, 6, 8)],
        [(100, 9, 2), (40, 9, 4), (40, 9, 6), (30, 9, 8)]]


class Quality(unittest.TestCase):
    PRESENCE = {"a": {0, 1}, "b": {0, 1}, "c": {2}, "d": {1, 2}, "e": {0, 1, 2, 3}}

    def test_npmi_by_hand(self):
        npmi = quality_figures.npmi
        self.assertAlmostEqual(npmi(self.PRESENCE, 4, "a", "b"), 1.0)  # always together
        self.assertEqual(npmi(self.PRESENCE, 4, "a", "c"), -1.0)  # never
        self.assertAlmostEqual(npmi(self.PRESENCE, 4, "a", "d"), 0.0)  # 1/4 = 1/2 · 1/2
        self.assertEqual(npmi(self.PRESENCE, 4, "a", "absent"), -1.0)
        self.assertEqual(npmi(self.PRESENCE, 4, "e", "e"), 1.0)  # in every document

    def test_coherence_is_the_mean_over_pairs_then_topics(self):
        top = [["a", "b"], ["a", "b", "c"]]  # 1; (1 − 1 − 1)/3
        self.assertAlmostEqual(quality_figures.coherence(self.PRESENCE, 4, top), (1 - 1 / 3) / 2)

    def test_diversity_is_the_part_of_different_words(self):
        self.assertEqual(quality_figures.diversity([["a", "b"], ["a", "c"]]), 0.75)

    def test_agreement_of_a_run(self):
        run = {"shares": [0, 0, 1, 1], "entries": [0, 1, 0, 1], "top": [["a", "b"]], "cpu_s": 2}
        judged = quality_figures.judge(run, ["x", "x", "y", "y"], self.PRESENCE)
        self.assertEqual((judged["nmi"], judged["purity"]), (1.0, 1.0))
        self.assertAlmostEqual(judged["nmi_entries"], 0.0)


class Figures(unittest.TestCase):
    def test_time_to_an_objective_is_the_median_at_the_first_pass_that_has_it(self):
        self.assertEqual(figures.time_to(RUNS, 40), (3, 2))
        self.assertEqual(figures.time_to(RUNS, 39.9), (9, 4))
        self.assertEqual(figures.time_to(RUNS, 30, figures.WALL), (8, 4))
        self.assertIsNone(figures.time_to(RUNS, 29))

    def test_seconds_per_pass_leave_the_first_pass_out(self):
        self.assertEqual(figures.seconds_per_pass(RUNS[:2]), 2)
        self.assertIsNone(figures.seconds_per_pass([RUNS[0][:1]]))

    def test_speedup_compares_the_passes_that_both_made(self):
        two = [[(100, 1, 1), (40, 3, 2.5)]]
        self.assertEqual(figures.speedup(RUNS, two), 4 / 2.5)

    def test_best_and_how_far_above(self):
        self.assertEqual(figures.best_of({"cd": 3.0, "mu": 2.0, "sklearn": 2.0}), (2.0, "mu"))
        self.assertAlmostEqual(figures.percent_above(2.01, 2.0), 0.5)

    def test_a_thinned_curve_keeps_its_ends(self):
        points = list(range(2000))
        thin = figures.thinned(points, 40)
        self.assertLessEqual(len(thin), 41)
        self.assertEqual((thin[0], thin[-1]), (0, 1999))
        self.assertEqual(figures.thinned(points[:3], 40), [0, 1, 2])


class Plan(unittest.TestCase):
    def test_the_default_leaves_out_the_dear_cells(self):
        names = [cell.name for cell in plan.DEFAULT_CELLS]
        self.assertEqual(len(names), 14)
        self.assertIn("imdb-counts-50", names)
        self.assertNotIn("imdb-counts-100", names)
        self.assertNotIn("imdb-tfidf-20", names)

    def test_cells_are_found_by_name(self):
        self.assertEqual(plan.cells_named("bbc-counts-20,sotu-tfidf-100"),
                         (plan.Cell("bbc", "counts", 20), plan.Cell("sotu", "tfidf", 100)))
        with self.assertRaises(KeyError):
            plan.cells_named("bbc-counts-21")

    def test_short_runs_are_repeated(self):
        self.assertEqual(plan.runs(19, plan.DEFAULT), 3)
        self.assertEqual(plan.runs(21, plan.DEFAULT), 1)


class Text(unittest.TestCase):
    def test_what_is_spent_until_the_matrix_leaves_the_solver_out(self):
        stages = [{"name": name, "wall_seconds": wall, "cpu_seconds": 10 * wall,
                   "peak_rss_bytes": peak}
                  for name, wall, peak in (("corpus", 1, 5), ("text", 2, 7), ("weight", 4, 8),
                                           ("nmf", 8, 9))]
        self.assertEqual(text_figures.until_matrix(stages),
                         {"wall_s": 7, "cpu_s": 70, "peak_bytes": 8})

    def test_verdicts(self):
        verdict = text_figures.verdict
        self.assertEqual([verdict(value, 200, 400) for value in (199.9, 200, 399, 400)],
                         ["**no**", "yes", "yes", "the aim"])
        self.assertEqual([verdict(value, 0.5, 0.25, True) for value in (0.51, 0.5, 0.25)],
                         ["**no**", "yes", "the aim"])

    def test_matrices_are_the_same_if_shape_entries_and_values_are(self):
        facts = {"shape": [2, 3], "entries": 4, "sum": 1.0}
        same = {"ours": facts, "alike": facts, "difference": 1e-13}
        self.assertTrue(text_figures.same_matrix(same))
        self.assertFalse(text_figures.same_matrix({**same, "difference": 1e-9}))
        self.assertFalse(text_figures.same_matrix({**same, "difference": None}))
        self.assertFalse(text_figures.same_matrix({**same, "alike": {**facts, "entries": 5}}))

    def test_middle_and_rate(self):
        self.assertEqual(text_figures.middle([{"a": 3}, {"a": 1}, {"a": 2}], "a"), 2)
        self.assertEqual(text_figures.rate(3e6, 2), 1.5)

    def test_long_runs_of_others_are_made_less_often(self):
        self.assertEqual([text_plan.runs_of_others(seconds, text_plan.DEFAULT)
                          for seconds in (5, 5.1, 20, 20.1)], [5, 3, 3, 1])

    def test_tasks_have_names_of_their_own(self):
        names = [task.name for task in text_plan.TASKS]
        self.assertEqual(len(set(names)), len(names))
        self.assertFalse([task for task in text_plan.QUICK_TASKS if "imdb" in task.corpus])


class Divergence(unittest.TestCase):
    def setUp(self):
        generator = numpy.random.default_rng(1)
        self.x = scipy.sparse.random(30, 20, 0.2, "csr", random_state=1)
        self.h, self.w = generator.random((30, 3)), generator.random((3, 20))

    def test_is_half_the_square_of_scikit_learns_error(self):
        model = NMF(3, init="custom", solver="mu", beta_loss="kullback-leibler", tol=0, max_iter=5)
        h = model.fit_transform(self.x, H=self.w.copy(), W=self.h.copy())
        self.assertAlmostEqual(arrays.divergence(self.x, h, model.components_),
                               model.reconstruction_err_ ** 2 / 2, places=10)

    def test_does_not_depend_on_the_size_of_the_blocks(self):
        whole = arrays.divergence(self.x, self.h, self.w)
        self.addCleanup(setattr, arrays, "BLOCK", arrays.BLOCK)
        arrays.BLOCK = 21
        self.assertAlmostEqual(arrays.divergence(self.x, self.h, self.w), whole, places=10)

    def test_stretches_of_iterations_give_the_bits_of_one_run(self):
        iterate = sklearn_nmf.iterate
        at_once = iterate(self.x, self.h.copy(), self.w.copy(), 7)
        h, w = iterate(self.x, self.h.copy(), self.w.copy(), 3)
        h, w = iterate(self.x, h, w, 4)
        self.assertTrue(numpy.array_equal(h, at_once[0]) and numpy.array_equal(w, at_once[1]))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
