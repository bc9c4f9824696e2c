"""What code asks for of jobs that run elsewhere: their images."""

import pytest

from scoring.readers.python import read


@pytest.mark.parametrize("name", ["image", "IMAGE", "Image", "base_image", "training_container", "CONTAINER_URI"])
def test_image_of_a_job_is_named(name: str) -> None:
    assert read(f"{name} = 'team/train:3'\n".encode()).job_images == ("team/train:3",)


@pytest.mark.parametrize("name", ["mage", "damage", "DAMAGE_FILE", "plumage"])
def test_word_that_ends_alike_names_no_image(name: str) -> None:
    assert read(f"{name} = 'data/damage.json'\n".encode()).job_images == ()
