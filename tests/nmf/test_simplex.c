#include "nmf/simplex.h"

#include "base/random.h"
#include "support/support.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

enum { K_MAX = 12, LENGTH = 20 };

typedef struct Problem {
    int k;
    double vectors[K_MAX][LENGTH];
    double target[LENGTH];
    double gram[K_MAX * K_MAX];
    double products[K_MAX];
    double weights[K_MAX];
} Problem;

static double dot(const double *a, const double *b)
{
    double sum = 0.0;
    for (int i = 0; i < LENGTH; i++) {
        sum += a[i] * b[i];
    }
    return sum;
}

static void solve(Problem *problem)
{
    Error error;
    SimplexRoom room = {0};
    const int k = problem->k;
    for (int a = 0; a < k; a++) {
        for (int b = 0; b < k; b++) {
            problem->gram[a * k + b] = dot(problem->vectors[a], problem->vectors[b]);
        }
        problem->products[a] = dot(problem->vectors[a], problem->target);
    }
    cr_assert(simplex_room_new(&room, k, &error) == STATUS_OK);
    simplex_nearest(problem->gram, problem->products, k, &room, problem->weights);
    simplex_room_free(&room);
    double sum = 0.0;
    for (int z = 0; z < k; z++) {
        cr_assert(problem->weights[z] >= 0.0);
        sum += problem->weights[z];
    }
    cr_assert(fabs(sum - 1.0) < 1e-9, "%.17g", sum);
}

/* How far the weights are from satisfying the conditions, in units of the largest product. */
static double residual(const Problem *problem)
{
    const int k = problem->k;
    double gradient[K_MAX], level = 0.0, worst = 0.0, scale = 0.0;
    for (int z = 0; z < k; z++) {
        gradient[z] = -problem->products[z];
        for (int y = 0; y < k; y++) {
            gradient[z] += problem->gram[z * k + y] * problem->weights[y];
        }
        level += problem->weights[z] * gradient[z];
        scale = fmax(scale, fabs(problem->products[z]));
    }
    for (int z = 0; z < k; z++) {
        const double off =
            problem->weights[z] > 0.0 ? fabs(gradient[z] - level) : fmax(0.0, level - gradient[z]);
        worst = fmax(worst, off);
    }
    return worst / scale;
}

static void fill(Problem *problem, int k, uint64_t seed)
{
    const RandomStream stream = {.seed = seed, .stream = 3};
    *problem = (Problem){.k = k};
    for (int i = 0; i < LENGTH; i++) {
        for (int z = 0; z < k; z++) {
            problem->vectors[z][i] = random_uniform(stream, (uint64_t)(i * K_MAX + z));
        }
        problem->target[i] = random_uniform(stream, 1000 + (uint64_t)i);
    }
}

Test(simplex, conditions_hold_where_it_ends)
{
    Problem problem;
    int zeros = 0, positive = 0;
    for (uint64_t seed = 1; seed <= 300; seed++) {
        fill(&problem, 1 + (int)(seed % K_MAX), seed);
        solve(&problem);
        cr_assert(residual(&problem) < 1e-10, "seed %d: %g", (int)seed, residual(&problem));
        for (int z = 0; z < problem.k; z++) {
            *(problem.weights[z] > 0.0 ? &positive : &zeros) += 1;
        }
    }
    cr_assert(zeros > 300 && positive > 300, "%d, %d", zeros, positive);
}

Test(simplex, a_mixture_is_taken_apart_exactly)
{
    static const double mixed[K_MAX] = {0.5, 0.0, 0.25, 0.0, 0.125, 0.125};
    Problem problem;
    for (uint64_t seed = 1; seed <= 50; seed++) {
        fill(&problem, 8, seed);
        for (int i = 0; i < LENGTH; i++) {
            problem.target[i] = 0.0;
            for (int z = 0; z < problem.k; z++) {
                problem.target[i] += mixed[z] * problem.vectors[z][i];
            }
        }
        solve(&problem);
        for (int z = 0; z < problem.k; z++) {
            cr_assert(fabs(problem.weights[z] - mixed[z]) < 1e-10, "seed %d, %d: %g", (int)seed, z,
                      problem.weights[z]);
        }
    }
}

Test(simplex, the_nearest_corner_is_taken_from_outside)
{
    Problem problem = {.k = 3};
    problem.vectors[0][0] = problem.vectors[1][1] = problem.vectors[2][2] = 1.0;
    problem.target[1] = 5.0;
    solve(&problem);
    cr_assert(problem.weights[1] == 1.0);
}

Test(simplex, vectors_that_depend_on_each_other_do_no_harm)
{
    Problem problem;
    fill(&problem, 6, 7);
    memcpy(problem.vectors[3], problem.vectors[0], sizeof problem.vectors[0]);
    for (int i = 0; i < LENGTH; i++) {
        problem.vectors[4][i] = 0.5 * (problem.vectors[1][i] + problem.vectors[2][i]);
    }
    solve(&problem);
    cr_assert(residual(&problem) < 1e-10, "%g", residual(&problem));
    memset(problem.vectors, 0, sizeof problem.vectors);
    solve(&problem); /* all are the same point */
}
