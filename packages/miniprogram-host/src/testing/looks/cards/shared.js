Component({  })
