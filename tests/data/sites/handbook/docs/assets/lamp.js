document.documentElement.dataset.lamp = "on"; // the owner script runs
