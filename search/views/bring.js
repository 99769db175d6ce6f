if (window.innerWidth < 640) document.querySelector(".st-key-cited h2")?.scrollIntoView();
