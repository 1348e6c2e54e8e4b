#include "model/topic_map.h"

#include <criterion/criterion.h>
#include <math.h>

/* Topics 1 and 3 are alike, 2 and 4 likewise, the two pairs are apart. */
static const TopicPair pairs[] = {
    {.a = 1, .b = 2, .js_distance = 0.8}, {.a = 1, .b = 3, .js_distance = 0.2},
    {.a = 1, .b = 4, .js_distance = 0.7}, {.a = 2, .b = 3, .js_distance = 0.75},
    {.a = 2, .b = 4, .js_distance = 0.3}, {.a = 3, .b = 4, .js_distance = 0.6},
};

Test(topic_map, tree_order_and_places_are_of_the_distances)
{
    TopicMap map = {0};
    Error error;
    cr_assert_eq(topic_map_make(pairs, 4, &map, &error), STATUS_OK);
    cr_expect(map.merges[0].left == 0 && map.merges[0].right == 2);
    cr_expect(map.merges[1].left == 1 && map.merges[1].right == 3);
    cr_expect_float_eq(map.merges[2].height, (0.8 + 0.7 + 0.75 + 0.6) / 4, 1e-15);
    static const int64_t order[] = {1, 3, 4, 2}; /* 3 and 4 are the nearest ends */
    for (int t = 0; t < 4; t++) {
        cr_expect_eq(map.order[t], order[t]);
    }
    cr_expect_gt(map.places.x[0] * map.places.x[2], 0.0, "alike: on one side");
    cr_expect_lt(map.places.x[0] * map.places.x[1], 0.0, "apart: on two");
    cr_expect(map.places.explained[0] > map.places.explained[1]);
    topic_map_free(&map);
}

Test(topic_map, of_one_topic)
{
    TopicMap map = {0};
    Error error;
    cr_assert_eq(topic_map_make(NULL, 1, &map, &error), STATUS_OK);
    cr_expect(map.places.x[0] == 0.0 && map.places.y[0] == 0.0);
    cr_expect_eq(map.order[0], 1);
    topic_map_free(&map);
}
